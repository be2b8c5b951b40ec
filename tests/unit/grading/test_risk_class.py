import itertools

import pytest

from creditrisk.grading.risk_class import RiskClass


def test_classes_rise_from_a_to_d():
    assert sorted("DBAC") == list(RiskClass)
    assert [risk_class.rank for risk_class in RiskClass] == [0, 1, 2, 3]


@pytest.mark.parametrize(("start", "notches", "cap"), [*itertools.product(RiskClass, range(5), RiskClass)])
def test_a_raised_class_keeps_to_its_cap_and_never_falls(start, notches, cap):
    raised = start.raised(notches, cap=cap)
    assert raised >= start
    assert raised <= max(start, cap)
    assert raised.rank - start.rank <= notches


def test_labels_are_those_of_the_national_system():
    assert [risk_class.label("zh") for risk_class in RiskClass] == ["低", "一般", "较高", "高"]
