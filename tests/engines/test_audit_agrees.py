"""The same audit on every engine: counts, failing records and notes."""

import pandas as pd
from tests.engines.conftest import Load
from tests.lib.audited import IDS, NAMES, penalties, registration

from creditrisk.records.quality.standard import load_standard
from creditrisk.records.read import read_records

AS_OF = "2024-03-01"


def faulty() -> dict[str, pd.DataFrame]:
    """Return a small registry with faults of all six dimensions."""
    frame = penalties(12, inspection_id=["i0", "i9", *[None] * 10], source_org=[*"aab", None] * 3)
    frame.loc[2, ["doc_no", "act_type"]] = None
    frame.loc[3, "known_on"] = pd.Timestamp("2023-05-20")
    frame.loc[4, "published_on"] = pd.NaT
    frame.loc[5, "entity_id"] = "91510100MA00000820"
    frame.loc[6, "entity_id"] = IDS[0][:-1] + "A"
    frame.loc[7, "fine_cny"] = -1.0
    frame.loc[8, "entity_name"] = "别的公司"
    frame.loc[9, "entity_name"] = " 旧 名（Ａ）"
    frame.loc[10, "doc_no"] = "川监〔２０２３〕 0 号"
    frame.loc[11, "occurred_on"] = pd.Timestamp("2023-12-24")
    copies = [frame.loc[[1]].assign(record_id="copy"), frame.loc[[0]]]
    change = {"record_id": ["c0"], "entity_id": IDS[0], "occurred_on": "2022-01-10", "known_on": "2022-01-10"}
    inspection = {"record_id": ["i0"], "entity_id": IDS[1], "result_codes": "3", "known_on": "2023-02-03"}
    reports = {"record_id": ["a0", "a1"], "entity_id": IDS[:2], "year": 2022, "filed": True}
    return {
        "registration": registration(region=["510104", "999999", None]),
        "penalty": pd.concat([frame, *copies], ignore_index=True),
        "inspection": pd.DataFrame(inspection | {"occurred_on": "2023-02-01", "channel": "random"}),
        "annual_report": pd.DataFrame(reports | {"occurred_on": "2023-05-10", "known_on": "2023-05-12"}),
        "registration_change": pd.DataFrame(
            change | {"item": "name", "before": "旧名(a)", "after": NAMES[0]}
        ),
    }


def test_the_audit_is_the_same(load: Load) -> None:
    standard = load_standard("guangdong")
    here = read_records(faulty()).audit(AS_OF, standard=standard)
    there = read_records(load(faulty())).audit(AS_OF, standard=standard)
    assert set(here.failures()["dimension"]) == set(here.summary().index)
    pd.testing.assert_frame_equal(there.table, here.table)
    pd.testing.assert_frame_equal(there.records, here.records)
    pd.testing.assert_frame_equal(there.failures(), here.failures())
    assert there.notes == here.notes
