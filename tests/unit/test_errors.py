"""Hints stay short, whatever there is to be named."""

from creditrisk.errors import hint


def test_many_known_names_are_counted_and_not_all_said() -> None:
    said = hint("zzz", [f"column_{number:05}" for number in range(10_000)])
    assert said.startswith(" Known: column_00000, column_00001, ")
    assert said.endswith(" more.")
    assert len(said) < 700


def test_a_name_of_a_million_characters_is_not_said() -> None:
    assert hint("x" * 1000, ["x" * 1_000_000]) == " Known: 1 more."


def test_what_is_no_name_has_no_near_one() -> None:
    assert hint(3, ["penalty"]) == " Known: penalty."  # type: ignore[arg-type]
