import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.records.toml_text import to_toml

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    TEXT,
    st.dates(dt.date(1900, 1, 1)),
)
TABLES = st.recursive(
    st.dictionaries(TEXT, st.one_of(SCALARS, st.lists(SCALARS, max_size=3)), max_size=4),
    lambda inner: st.dictionaries(TEXT, st.one_of(SCALARS, inner, st.lists(inner, min_size=1, max_size=2))),
    max_leaves=6,
)


@given(TABLES)
def test_what_is_written_is_read_back(document):
    assert tomllib.loads(to_toml(document)) == document


def test_nothing_is_written_for_none():
    assert to_toml({"a": None, "b": 1}) == "b = 1\n"


def test_a_value_without_a_form_in_toml_is_refused():
    with pytest.raises(SpecError, match="convert it first"):
        to_toml({"a": object()})
