import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.grading.joining import AddedPoints, ClassMatrix, MovedByGeneral, WorstOf, join
from creditrisk.grading.ratings import Ratings

MATRIX = ClassMatrix(classes=("AABC", "ABBC", "BBCD", "CCDD"))
WAYS = (WorstOf(), MovedByGeneral(), MATRIX, AddedPoints(cuts=(20.0, 50.0, 80.0)))


def rated(classes, direct=(), score=None):
    table = pd.DataFrame({"risk_class": list(classes)}, index=[f"E{i}" for i in range(len(classes))])
    table["direct"] = [i in direct for i in range(len(classes))]
    if score is not None:
        table["score"] = score
    return Ratings(table=table, currency="CNY", interval=0.9, policy="p 1", as_of=None)


def joined(general, sector, how, **more):
    return "".join(join(rated(general), rated(sector, **more), how)["risk_class"])


def test_the_worse_of_both():
    assert joined("ABCD", "BABA", WorstOf()) == "BBCD"


def test_the_sector_is_moved_by_the_general_class_and_stays_within_a_and_d():
    assert joined("ABCD", "BBBB", MovedByGeneral()) == "BBCD"
    assert joined("AACD", "ADDD", MovedByGeneral(steps={"A": -1, "B": 0, "C": 1, "D": 1})) == "ACDD"


def test_a_matrix_has_a_cell_for_each_pair():
    assert joined("ABCD", "AAAA", MATRIX) == "AABC"
    assert joined("AAAA", "ABCD", MATRIX) == "AABC"


def test_points_are_added_to_the_score_of_the_sector():
    assert (
        joined("ABCD", "AAAA", AddedPoints(cuts=(20.0, 50.0, 80.0)), score=[10.0, 15.0, 40.0, 60.0]) == "ABCD"
    )
    with pytest.raises(SpecError, match="no column 'score'"):
        joined("A", "A", AddedPoints(cuts=(20.0, 50.0, 80.0)))


def test_direct_determination_in_either_system_stays_d():
    lenient = ClassMatrix(classes=("AAAA", "AAAA", "AAAA", "AAAA"))
    found = join(rated("AAD", direct=[2]), rated("AD", direct=[1]), lenient)
    assert found["risk_class"].tolist() == ["A", "D", "D"]
    assert found["decided_by"].tolist() == ["joined", "direct", "direct"]


def test_outside_the_sector_the_general_class_stays():
    found = join(rated("AC"), rated("B"), WorstOf())
    assert found["decided_by"].tolist() == ["joined", "general"]
    assert found["risk_class"].tolist() == ["B", "C"]
    with pytest.raises(SpecError, match="'E1' and 0 more"):
        join(rated("A"), rated("AB"), WorstOf())


@given(
    general=st.integers(0, 2), sector=st.integers(0, 2), way=st.sampled_from(WAYS), score=st.floats(0, 100)
)
def test_a_worse_result_in_one_system_never_improves_the_joined_class(general, sector, way, score):
    def rank(general, sector, score):
        one = rated("ABCD"[sector], score=[score])
        return way.ranks(np.array([general], dtype=np.int8), one)[0]

    before = rank(general, sector, score)
    assert rank(general + 1, sector, score) >= before
    assert rank(general, sector + 1, score + 1) >= before


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: MovedByGeneral(steps={"A": 1, "B": 0, "C": 0, "D": 0}), "do not fall"),
        (lambda: MovedByGeneral(steps={"A": 1}), "A, B, C and D"),
        (lambda: ClassMatrix(classes=("AAAA", "AAAA", "AAAA", "AAA")), "four letters"),
        (lambda: ClassMatrix(classes=("BAAA", "BBBB", "CCCC", "DDDD")), "put it in order"),
        (lambda: AddedPoints(cuts=(3.0, 2.0, 1.0)), "must not fall"),
    ],
)
def test_an_impossible_way_is_one_sentence(make, says):
    with pytest.raises(SpecError, match=says):
        make()
