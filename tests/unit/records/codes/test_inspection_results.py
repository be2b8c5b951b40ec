"""What an inspection can result in."""

from creditrisk.records.codes import INSPECTION_RESULTS, PROBLEM_CODES, RESULT_CODES
from creditrisk.records.tables import TABLES


def test_the_codes_and_which_are_problems() -> None:
    assert ",".join(RESULT_CODES) == "1,3,4,5,6,7,8,9,10,11,12,A,B,C,E,F"
    assert ",".join(PROBLEM_CODES) == "3,4,5,6,8,A,B,C,E"


def test_every_result_has_two_names_of_its_own() -> None:
    results = INSPECTION_RESULTS.values()
    assert all(code == result.code for code, result in INSPECTION_RESULTS.items())
    assert len({result.title_en for result in results}) == len({result.title_zh for result in results}) == 16


def test_the_table_of_inspections_has_the_same_codes() -> None:
    assert TABLES["inspection"].column("result_codes").codes == RESULT_CODES
