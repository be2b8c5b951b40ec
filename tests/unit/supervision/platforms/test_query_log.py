"""The query log: whatever is done to it is found, given the seal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.supervision.platforms.shop import NOW, open_log

from creditrisk.errors import SourceError
from creditrisk.supervision.platforms.log_check import FIRST, check_log, entry_hash
from creditrisk.supervision.platforms.query_log import QueryLog

ENTRIES = 7


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return a folder with a log of some entries and its seal."""
    with open_log(tmp_path) as log:
        for number in range(ENTRIES):
            log.append(
                at=NOW,
                partner="shop",
                kind="archive",
                purpose="admission\u2028",
                asked=number,
                outcome="answered",
            )
    return tmp_path


def lines_of(folder: Path) -> list[str]:
    """Return the lines of the log."""
    return (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()


def rewrite(folder: Path, lines: list[str]) -> None:
    """Write other lines into the log."""
    (folder / "queries.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def chained(entries: list[dict[str, Any]]) -> list[str]:
    """Return entries numbered and chained anew, as one would who knows how."""
    previous, lines = FIRST, []
    for number, entry in enumerate(entries, start=1):
        entry = entry | {"number": number, "previous": previous}
        previous = entry["hash"] = entry_hash(entry)
        lines.append(json.dumps(entry))
    return lines


def edited(lines: list[str], place: int) -> list[str]:
    """Return the lines with one number changed."""
    entry = json.loads(lines[place]) | {"asked": 1000}
    return [*lines[:place], json.dumps(entry), *lines[place + 1 :]]


TAMPERED: dict[str, Callable[[list[str], int], list[str]]] = {
    "edited": edited,
    "deleted": lambda lines, place: lines[:place] + lines[place + 1 :],
    "doubled": lambda lines, place: [*lines[: place + 1], *lines[place:]],
    "exchanged": lambda lines, place: [*lines[:place], *lines[place:][::-1]] if place < 6 else lines[::-1],
    "cut off": lambda lines, place: lines[:place],
    "written anew": lambda lines, place: chained([json.loads(one) for one in edited(lines, place)]),
    "deleted and written anew": lambda lines, place: chained(
        [json.loads(one) for one in lines[:place] + lines[place + 1 :]]
    ),
    "nonsense": lambda lines, place: [*lines[:place], "[]", *lines[place + 1 :]],
}


def test_a_log_as_it_was_written_is_sound(written: Path) -> None:
    found = check_log(written / "queries.jsonl", written / "apart" / "seal.json")
    assert found.ok
    assert found.entries == ENTRIES
    assert found.head == json.loads(lines_of(written)[-1])["hash"]


@pytest.mark.parametrize("place", range(ENTRIES))
@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found_at_every_place(written: Path, how: str, place: int) -> None:
    rewrite(written, TAMPERED[how](lines_of(written), place))
    found = check_log(written / "queries.jsonl", written / "apart" / "seal.json")
    assert found.fault
    assert not found.ok
    with pytest.raises(SourceError, match="is not as it was written"):
        open_log(written)


@pytest.mark.parametrize("how", ["cut off", "written anew", "deleted and written anew"])
def test_without_the_seal_a_chain_alone_does_not_see_it(written: Path, how: str) -> None:
    rewrite(written, TAMPERED[how](lines_of(written), 3))
    found = check_log(written / "queries.jsonl", None)
    assert not found.fault
    assert not found.ok


def test_a_log_goes_on_where_it_ended_and_remembers_the_day(written: Path) -> None:
    with open_log(written) as log:
        assert log.asked_on("shop", NOW.date()) == sum(range(ENTRIES))
        assert log.asked_on("mall", NOW.date()) == 0
        log.append(at=NOW, partner="shop", kind="archive", purpose="admission", asked=5, outcome="refused")
        assert log.asked_on("shop", NOW.date()) == sum(range(ENTRIES))
        assert len(log) == ENTRIES + 1
    assert check_log(written / "queries.jsonl", written / "apart" / "seal.json").ok


def test_a_log_has_one_writer(written: Path) -> None:
    with open_log(written), pytest.raises(SourceError, match="has one writer"):
        open_log(written)


def test_a_lost_seal_or_a_seal_beside_itself_is_refused(written: Path) -> None:
    with pytest.raises(SourceError, match="A seal is kept apart"):
        QueryLog(written / "queries.jsonl", written / "queries.jsonl")
    (written / "apart" / "seal.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match="A seal holds the number of entries"):
        open_log(written)
    (written / "apart" / "seal.json").unlink()
    with pytest.raises(SourceError, match=r"'seal.json' cannot be read"):
        open_log(written)
    with pytest.raises(SourceError, match="A query log is a file"):
        QueryLog(written / "none" / "log", written / "seal")
