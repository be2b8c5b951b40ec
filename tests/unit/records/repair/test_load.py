"""Which regime is found by a name, a file or a day."""

from itertools import pairwise
from pathlib import Path

import pytest

from creditrisk.errors import DateError, SourceError, SpecError
from creditrisk.records.repair import load_regime, packaged_regimes, regime_on
from creditrisk.records.repair.load import PACKAGED


def test_a_regime_is_found_by_its_name_its_file_or_itself(tmp_path: Path) -> None:
    regime = load_regime("samr-2021")
    path = tmp_path / "ours.toml"
    path.write_bytes((PACKAGED / "samr-2021.toml").read_bytes())
    assert load_regime(path) == regime
    assert load_regime(regime) is regime


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(SpecError, match=r"no repair regime 'samr-2012'.*Did you mean 'samr-2021'\?"):
        load_regime("samr-2012")
    with pytest.raises(SourceError, match=r"no file 'none\.toml'"):
        load_regime("none.toml")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2015-01-01", "samr-2021"),
        ("2021-08-31", "samr-2021"),
        ("2021-09-01", "samr-2021"),
        ("2026-03-31", "samr-2021"),
        ("2026-04-01", "ndrc-2026"),
        ("2040-01-01", "ndrc-2026"),
    ],
)
def test_a_finding_falls_under_the_regime_of_its_day(day: str, name: str) -> None:
    assert regime_on(day).name == name


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(DateError):
        regime_on("1 April")


def test_the_packaged_regimes_follow_each_other_without_a_gap() -> None:
    for earlier, later in pairwise(packaged_regimes()):
        assert earlier.in_force_to == later.in_force_from
    assert packaged_regimes()[-1].in_force_to is None


def test_the_files_are_named_as_their_regimes() -> None:
    assert {path.stem for path in PACKAGED.glob("*.toml")} == {one.name for one in packaged_regimes()}
