"""One sentence for every mistake in a TOML file."""

from pathlib import Path

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.toml_file import FileSpec, load, parse, read_toml


class Wheel(FileSpec):
    radius: float


class Cart(FileSpec):
    name: str
    wheels: tuple[Wheel, ...] = ()
    spare: dict[str, Wheel] = {}  # noqa: RUF012


def said(data: dict[str, object]) -> str:
    with pytest.raises(SpecError) as caught:
        parse(Cart, data, "cart 'c'")
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"nam": "x"}, "In cart 'c' the key 'nam' is unknown. Did you mean 'name'?"),
        ({}, "In cart 'c' the key 'name' is missing; add it."),
        (
            {"name": "x", "wheels": [{"radius": 1}, {"radios": 2}]},
            "In cart 'c' the key 'wheels.2.radios' is unknown. Did you mean 'radius'?",
        ),
        (
            {"name": "x", "spare": {"front": {"raduis": 2}}},
            "In cart 'c' the key 'spare.front.raduis' is unknown. Did you mean 'radius'?",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_place_and_the_nearest_known_one(
    data: dict[str, object], sentence: str
) -> None:
    assert said(data) == sentence


def test_a_wrong_value_is_named_with_what_came() -> None:
    sentence = said({"name": "x", "wheels": [{"radius": "big"}]})
    assert sentence.startswith("In cart 'c' the key 'wheels.1.radius' is wrong: ")
    assert sentence.endswith("got 'big'.")


def test_a_spec_is_frozen() -> None:
    cart = parse(Cart, {"name": "x"}, "cart")
    with pytest.raises(ValueError, match="frozen"):
        cart.name = "y"  # type: ignore[misc]


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^There is no file '.*cart\.toml'; check the path\.$"):
        load(Cart, tmp_path / "cart.toml", what="cart")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: Is a directory"):
        read_toml(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"a = [", "is not valid TOML"), (b"a = '\xff'", "not UTF-8")]
)
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "cart.toml"
    path.write_bytes(content)
    with pytest.raises(SpecError, match=rf"^File 'cart\.toml' .*{reason}.*\.$"):
        read_toml(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "cart.toml"
    path.write_bytes(b"\xef\xbb\xbfname = '\xe8\xbd\xa6'")
    assert load(Cart, path, what="cart").name == "车"


@pytest.mark.parametrize("path", [3, float("nan"), {"name": "x"}, b"cart.toml", "a\x00.toml"])
def test_what_names_no_file_is_refused(path: object) -> None:
    with pytest.raises(SpecError, match=r"^A file is named by text or a path, without NUL; got .*\.$"):
        load(Cart, path, what="cart")  # type: ignore[arg-type]


def test_a_name_without_end_is_quoted_in_short() -> None:
    with pytest.raises(SourceError) as raised:
        read_toml("x" * 5000)
    assert len(str(raised.value)) < 300
