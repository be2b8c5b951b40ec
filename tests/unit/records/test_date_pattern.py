"""A format that cannot say which day is meant is refused."""

import pytest

from creditrisk.errors import SpecError
from creditrisk.records.date_pattern import tokens


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("%Y-%m", "the format '%Y-%m' names no day; add it"),
        ("%d.%m", "names no year"),
        ("", "names no year"),
        ("%Y-%y-%m-%d", "names the year twice"),
        ("%Y-%m-%d %d", "names the day twice"),
        ("%Y-%m-%d %H %H", "names the %H twice"),
        ("%Y-%m-%D", "has the unknown directive '%D'."),
    ],
)
def test_such_a_format_is_refused(form: str, sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        tokens(form)
    assert sentence in str(caught.value)


def test_numbers_next_to_each_other_have_two_digits() -> None:
    assert [token.width for token in tokens("%Y%m%d")] == [4, 2, 2]
    assert [token.width for token in tokens("%Y-%m-%d")] == [4, 1, None, 1, None]
