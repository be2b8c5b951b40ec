"""Small registries for the tests of the audit: clean to begin with, so that a test spoils one thing only."""

from typing import Any

import pandas as pd

from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.standard import AuditStandard
from creditrisk.records.read import read_records

IDS = ("91110108551385082Q", "91350100M000100Y43", "91510100MA6C0005XL")
NAMES = ("甲公司", "乙公司", "丙公司")
STANDARD = AuditStandard(id="t", version="1", title_en="test", title_zh="测试", expected=("registration",))


def registration(**columns: Any) -> pd.DataFrame:
    """Return three registered entities with nothing wrong; further columns as given."""
    own = {
        "record_id": ["r0", "r1", "r2"],
        "entity_id": IDS,
        "occurred_on": "2015-03-02",
        "known_on": "2015-03-04",
        "name": NAMES,
        "entity_type": "company",
        "industry": "F52",
        "region": "510104",
        "address": "x",
        "source_org": "bureau",
    }
    return pd.DataFrame(own | columns)


def penalties(size: int = 4, **columns: Any) -> pd.DataFrame:
    """Return penalties with nothing wrong, of the first entity on different days; more columns as given."""
    days = pd.date_range("2023-03-01", periods=size, freq="7D")
    own = {
        "record_id": [f"p{number}" for number in range(size)],
        "entity_id": IDS[0],
        "occurred_on": days,
        "known_on": days + pd.Timedelta(days=2),
        "published_on": days + pd.Timedelta(days=9),
        "doc_no": [f"川监〔2023〕{number}号" for number in range(size)],
        "act_type": "false advertising",
        "authority": "district bureau",
        "fine_cny": 1000.0,
        "source_org": "bureau",
        "entity_name": NAMES[0],
    }
    return pd.DataFrame(own | columns)


def audit(as_of: str = "2024-01-01", standard: AuditStandard = STANDARD, **frames: pd.DataFrame) -> Audit:
    """Audit frames, the three entities beside them."""
    return read_records({"registration": registration(), **frames}).audit(as_of, standard=standard)


def failing(found: Audit, table: str = "penalty") -> dict[tuple[str, str], list[str]]:
    """Return the ids of the failing records of a table by dimension and rule."""
    frame = found.failures(table=table)
    return {
        (str(dimension), str(rule)): sorted(ids.fillna("").tolist())
        for (dimension, rule), ids in frame.groupby(["dimension", "rule"])["record_id"]
    }
