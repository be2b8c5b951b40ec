"""Rejections can be counted, read and asked for."""

import pytest
from tests.lib.registry import read, registration

from creditrisk.errors import SpecError
from creditrisk.records.rejections import Rejections


def test_no_rejections_are_an_empty_count() -> None:
    rejections = read(registration=registration("a")).rejections
    assert rejections.counts().columns.tolist() == ["table", "rule", "rows"]
    assert rejections.total == 0
    assert rejections.rows("registration").empty
    assert repr(rejections) == "Rejections(none)"


def test_a_row_is_counted_once_under_its_first_rule() -> None:
    days = ["2020-01-01", None]
    rejections = read(registration=registration("a", "b", known_on=days, occurred_on=days)).rejections
    assert rejections.counts().values.tolist() == [["registration", "occurred_on is missing", 1]]
    assert repr(rejections) == "Rejections(1 of registration)"


def test_a_table_that_was_not_read_is_refused() -> None:
    rejections = Rejections(by_table={}, read=("registration",))
    with pytest.raises(SpecError, match=r"No table 'registratoin' was read\. Did you mean 'registration'\?"):
        rejections.rows("registratoin")
