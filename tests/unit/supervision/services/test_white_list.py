import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import rated

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.screening.screen import Tagged
from creditrisk.supervision.services.white_list import EXCLUDED_BY, WhiteListRule, white_list

RATINGS = rated(400)


def tags(seed=3, share=0.2):
    rng = np.random.default_rng(seed)
    index = RATINGS.table.index
    flags = rng.random((len(index), len(EXCLUDED_BY))) < share
    return Tagged(table=pd.DataFrame(flags, index=index, columns=list(EXCLUDED_BY)), absent=("licensed",))


def test_nobody_listed_or_penalised_and_no_other_class_is_on_it():
    tagged = tags()
    found = white_list(RATINGS, tagged)
    assert set(found.table["risk_class"]) == {"A"}
    assert not tagged.table.loc[found.table.index].any(axis=None)
    of_a = RATINGS.table.index[RATINGS.table["risk_class"] == "A"]
    assert set(found.table.index) | set(found.excluded.index) == set(of_a)
    assert set(found.table.index).isdisjoint(found.excluded.index)


def test_the_surest_come_first_whatever_the_order_of_rows():
    found = white_list(RATINGS, tags())
    assert found.table["rank"].tolist() == list(range(1, len(found.table) + 1))
    assert found.table["p_violation_upper"].is_monotonic_increasing
    mixed = tags()
    mixed = Tagged(table=mixed.table.sample(frac=1, random_state=1), absent=())
    assert white_list(RATINGS, mixed).table.index.tolist() == found.table.index.tolist()


def test_reasons_are_named():
    table = tags(share=0).table
    table.loc[RATINGS.table.index[RATINGS.table["risk_class"] == "A"][0], ["abnormal", "penalised"]] = True
    found = white_list(RATINGS, Tagged(table=table, absent=()), WhiteListRule(most_p=0.05))
    assert found.excluded.iloc[0] == "abnormal;penalised"
    assert set(found.excluded.iloc[1:]) == {"p_violation"}
    assert (found.table["p_violation_upper"] <= 0.05).all()


def test_bad_input_is_one_sentence():
    with pytest.raises(SchemaError, match="'licensed' cannot be told: read its records"):
        white_list(RATINGS, tags(), WhiteListRule(excluded_by=("licensed",)))
    with pytest.raises(SchemaError, match="'trusted' is not among the tags"):
        white_list(RATINGS, tags(), WhiteListRule(excluded_by=("trusted",)))
    some = Tagged(table=tags().table.iloc[:5], absent=())
    with pytest.raises(SchemaError, match="needs the tags of everybody of its classes; 'E"):
        white_list(RATINGS, some)
    with pytest.raises(SpecError, match="A class is one of A, B, C, D; got 'E'"):
        WhiteListRule(classes=("E",))
    with pytest.raises(SpecError, match="name at least one of each"):
        WhiteListRule(excluded_by=())
    with pytest.raises(SpecError, match=r"above 0 and up to 1; got most_p=1\.5"):
        WhiteListRule(most_p=1.5)
