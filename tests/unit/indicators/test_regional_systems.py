"""The systems of three regions: they extend packaged ones, their pages run, and their rules fire as told."""

from pathlib import Path

import pandas as pd
import pytest
from tests.documents.blocks import blocks
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.indicators.system import IndicatorSystem

EXTENDED = {
    "chengdu-online-trading": "online_trading",
    "dezhou-individual-business": "individual_business",
    "guangdong-general": "general",
}

MONITORED = """
entity_id | occurred_on | known_on   | identity_matches | licence_shown | prohibited_goods | takedown_due_on | taken_down_on
a         | 2024-03-01  | 2024-03-01 | no               | yes           | 0                |                 |
b         | 2024-03-01  | 2024-03-01 | no               | no            | 2                | 2024-03-16      | 2024-03-10
b         | 2024-09-01  | 2024-09-01 | yes              | yes           | 1                | 2024-09-16      |
c         | 2023-03-01  | 2023-03-01 | no               | no            | 1                |                 |
"""  # noqa: E501

LISTED = """
entity_id | occurred_on | known_on   | reason                             | ended_on
a         | 2024-03-01  | 2024-03-01 | 通过登记的住所或者经营场所无法联系 |
b         | 2024-03-01  | 2024-03-01 | 通过登记的住所或者经营场所无法联系 | 2024-06-01
c         | 2024-03-01  | 2024-03-01 | 未按规定公示年度报告               |
"""

ACCIDENTS = """
entity_id | occurred_on | known_on   | level
a         | 2024-03-01  | 2024-03-01 | ordinary
b         | 2023-03-01  | 2023-03-01 | major
c         | 2022-03-01  | 2022-03-01 | extraordinary
"""


def region(repository: Path, name: str) -> IndicatorSystem:
    """Return the system of a region."""
    return load_system(repository / "indicators" / f"{name}.toml")


@pytest.mark.parametrize(("name", "extended"), EXTENDED.items())
def test_a_region_extends_a_packaged_system(name: str, extended: str, repository: Path) -> None:
    system, base = region(repository, name), load_system(extended)
    assert system.id == name
    assert system.outcome == base.outcome
    assert {rule.id for rule in base.rules} < {rule.id for rule in system.rules}


@pytest.mark.parametrize("name", EXTENDED)
def test_a_page_says_what_is_published_and_what_is_assumed(name: str, repository: Path) -> None:
    page = (repository / "indicators" / f"{name}.md").read_text(encoding="utf-8")
    assert "## What comes from a published source" in page
    assert "## What is assumed" in page
    told = {rule.id for rule in region(repository, name).rules if rule.certainty in ("seed", "found")}
    assert {rule for rule in told if rule[:2] in ("CT", "DZ", "GD")} <= {
        word.strip("`(),.") for word in page.split()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTENDED)
def test_a_page_runs(name: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    names: dict[str, object] = {}
    exec(blocks(repository / "indicators" / f"{name}.md", "python")[0], names)
    X = names["X"]
    assert isinstance(X, pd.DataFrame)
    assert len(X) > 100


def test_a_trigger_of_the_sandbox_is_read_from_the_last_check_of_a_year(repository: Path) -> None:
    records = records_of(
        {"registration": registered(*"abcd"), "online_monitor": drawn_records("online_monitor", MONITORED)}
    )
    system = region(repository, "chengdu-online-trading")
    X = IndicatorExtractor(system).transform(records.as_of("2025-01-01"))
    triggers = ["sandbox_identity_differs", "sandbox_licence_hidden", "sandbox_prohibited_goods"]
    assert X[triggers].to_numpy().tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert X["sandbox_notice_ignored_n"].tolist() == [0, 1, 0, 0]
    assert {rule.risk_class for rule in system.rules if rule.kind == "floor"} == {"B"}


def test_dezhou_keeps_the_five_aspects_and_no_indicator_of_other_cities_alone(repository: Path) -> None:
    system = region(repository, "dezhou-individual-business")
    aspects = {indicator.dimension.partition(" (")[2].rstrip(")") for indicator in system.indicators}
    assert aspects == {
        "登记与许可信息",
        "经营与变更信息",
        "处罚与负面清单信息",
        "投诉举报信息",
        "评价与表彰记录信息",
    }
    assert "ib_commitment_kept_n" not in system.names


def test_guangdong_determines_the_unreachable_and_notches_major_accidents(repository: Path) -> None:
    records = records_of(
        {
            "registration": registered(*"abcd"),
            "abnormal_list": drawn_records("abnormal_list", LISTED),
            "accident": drawn_records("accident", ACCIDENTS),
        }
    )
    system = region(repository, "guangdong-general")
    X = IndicatorExtractor(system).transform(records.as_of("2025-01-01"))
    assert X["gd_unreachable_now"].tolist() == [1, 0, 0, 0]
    assert X["gd_major_accident"].tolist() == [0, 1, 0, 0]
    rules = {rule.id: (rule.kind, rule.notches, rule.risk_class) for rule in system.rules}
    assert (rules["GDR1"], rules["GDR2"]) == (("veto", None, "D"), ("notch", 2, "C"))
