"""Encodings: taken by a mark, by validity, or because the result is plausible Chinese."""

from pathlib import Path

import pytest

from creditrisk.errors import SourceError
from creditrisk.records.sources.encodings import text_encoding

CHINESE = "因通过登记的住所或者经营场所无法联系，列入经营异常名录"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file shall be."""
    return tmp_path / "penalty.csv"


def test_text_without_any_mark_is_utf_8_before_gb_18030(path: Path) -> None:
    path.write_bytes(CHINESE.encode())
    assert text_encoding(path) == "utf-8"


@pytest.mark.parametrize(
    "name", ["喆鑫商贸有限公司", "犇犇餐饮店", "①号仓库", "ＡＢＣ食品厂", "广州市𬭎科技有限公司"]
)
def test_rare_characters_are_gb_18030_still(path: Path, name: str) -> None:
    path.write_bytes(name.encode("gb18030"))
    assert text_encoding(path) == "gb18030"


def test_a_character_across_two_blocks_is_one_character(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creditrisk.records.sources.encodings.BLOCK", 5)
    path.write_bytes(("a" + CHINESE).encode("gb18030"))
    assert text_encoding(path) == "gb18030"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Montréal", "latin-1"),
        ("Café «Zürich» – naïve façade", "cp1252"),
        ("因通過登記的住所無法聯繫被列入經營異常名錄", "big5"),
        ("Общество с ограниченной ответственностью", "cp1251"),
        ("登記された住所では連絡がつかないため", "shift_jis"),
        ("登記された住所では連絡がつかないため", "euc_jp"),
    ],
)
def test_what_only_happens_to_be_gb_18030_is_refused(path: Path, text: str, encoding: str) -> None:
    path.write_bytes(text.encode(encoding))
    with pytest.raises(
        SourceError, match=r"^File 'penalty\.csv' is neither UTF-8 nor GB 18030 text; save it as UTF-8\.$"
    ):
        text_encoding(path)


@pytest.mark.parametrize(
    "content", [b"\xff\xff\xff\n", b"\xff\xfea", CHINESE.encode()[:-1], b"\xef\xbb\xbf\xff"]
)
def test_bytes_that_are_no_text_are_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SourceError, match="is neither UTF-8 nor GB 18030"):
        text_encoding(path)
