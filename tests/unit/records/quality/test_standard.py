from pathlib import Path

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.quality.standard import load_standard
from creditrisk.records.tables import TABLES

HEAD = 'id = "o"\nversion = "1"\ntitle_en = "own"\ntitle_zh = "自有"\nexpected = ["penalty"]\n'


def written(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def test_the_packaged_one_has_the_limits_of_guangdong() -> None:
    standard = load_standard("guangdong")
    assert (standard.collect_within, standard.publish_within) == (7, 20)
    assert standard.is_timely(TABLES["penalty"])
    assert not standard.is_timely(TABLES["complaint"])


def test_a_table_may_be_made_timely_and_the_counts_are_found_beside_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'counts = "c.csv"\n[tables.complaint]\ntimely = true\n')
    standard = load_standard(file)
    assert standard.is_timely(TABLES["complaint"])
    assert standard.counts == str(tmp_path / "c.csv")
    assert load_standard(standard) is standard


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colect_within = 3", "the key 'colect_within' is unknown. Did you mean 'collect_within'?"),
        ("collect_within = 0", "the key 'collect_within' is wrong"),
        ('ids = "uscs"', "the key 'ids' is wrong"),
        ("[tables.penalti]\n", "there is no record type 'penalti'. Did you mean 'penalty'?"),
        ('[tables.penalty]\nmandatory = ["fine"]\n', "Table 'penalty' has no column 'fine'."),
        ("[tables.penalty]\nahead = 3\n", "the key 'tables.penalty.ahead' is unknown."),
        ("[silence]\nmonths = 1\n", "the key 'silence.months' is wrong"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SpecError) as error:
        load_standard(written(tmp_path, text))
    assert "audit standard 'own.toml'" in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_name_and_a_missing_file() -> None:
    with pytest.raises(SpecError, match="Did you mean 'guangdong'"):
        load_standard("guangdon")
    with pytest.raises(SourceError, match="There is no file"):
        load_standard("missing.toml")
