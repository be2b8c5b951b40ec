"""Codes lose what does not belong to them, and nothing else."""

import ibis
import pyarrow as pa
import pytest

from creditrisk.records.engine import IbisValue
from creditrisk.records.forms.codes import as_uscc, half_width, recoded_parts, stripped, widened

RECODE = {"合格": "1", "标签": "3", "a.b": "A"}


def table(text: str) -> IbisValue:
    return ibis.memtable(pa.table({"text": [text]}))


def value(rows: IbisValue, expression: IbisValue) -> object:
    return rows.select(found=expression).to_pyarrow()["found"][0].as_py()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("９1350100-m000100 y43\t", "91350100M000100Y43"),
        ("Ａｂ（１）", "AB(1)"),
        ("é", "é"),
        (" - ", None),
    ],
)
def test_credit_codes(text: str, code: str | None) -> None:
    rows = table(text)
    assert value(rows, as_uscc(rows.text)) == code


def test_half_width_keeps_case_and_chinese() -> None:
    rows = table("甲Ａｂ　１－２")
    assert value(rows, half_width(rows.text)) == "甲Ab 1-2"


@pytest.mark.parametrize(("text", "bare"), [("'0123", "0123"), ("'' [a'b] '", "a'b"), ("'", None)])
def test_signs_are_taken_off_both_ends(text: str, bare: str | None) -> None:
    rows = table(text)
    assert value(rows, stripped(rows.text, "'[]")) == bare


@pytest.mark.parametrize(
    ("text", "code"), [("111", "0111"), ("0111", "0111"), ("01234", "01234"), ("-5", "-5"), ("C", "C")]
)
def test_lost_zeros(text: str, code: str) -> None:
    rows = table(text)
    assert value(rows, widened(rows.text, 4)) == code


@pytest.mark.parametrize(
    ("text", "otherwise", "codes"),
    [
        ("合格", None, "1"),
        ("标签、a.b", None, "3,A"),
        (" 、标签；； 合格 、", None, "3,1"),
        ("标签、a+b", None, None),
        ("合格标签", None, None),
        ("标签、异味、标签", "9", "3,9,3"),
        ("1", None, None),
    ],
)
def test_each_part_is_recoded(text: str, otherwise: str | None, codes: str | None) -> None:
    rows = table(text)
    assert value(rows, recoded_parts(rows.text, ("、", "；"), RECODE, otherwise)) == codes


def test_parts_are_kept_without_a_recode() -> None:
    rows = table("3;A；1")
    assert value(rows, recoded_parts(rows.text, (";", "；"), None, None)) == "3,A,1"
