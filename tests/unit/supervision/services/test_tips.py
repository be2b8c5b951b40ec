import datetime as dt

import pandas as pd
import pytest

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.monitoring.log import COLUMNS, alert_states
from creditrisk.supervision.monitoring.point import load_point, packaged_points
from creditrisk.supervision.services.tips import load_tips, notices_of, tips_list

POINTS = [load_point(name) for name in ("licence_expiring", "annual_report_all_zero")]
ROWS = [
    (dt.date(2024, 1, 1), "licence_expiring", "a", "found", ""),
    (dt.date(2024, 1, 1), "annual_report_all_zero", "b", "found", ""),
    (dt.date(2024, 1, 2), "annual_report_all_zero", "b", "notify", "letter"),
    (dt.date(2024, 1, 1), "annual_report_all_zero", "c", "found", ""),
    (dt.date(2024, 1, 3), "annual_report_all_zero", "c", "over", ""),
]
LOG = pd.DataFrame(ROWS, columns=COLUMNS, dtype=object)
OUTLOOK = pd.DataFrame({"ready": [0, 2]}, index=pd.Index(["d", "e"], name="entity_id"))


def test_every_packaged_point_has_a_tip():
    assert sorted(load_tips().points) == packaged_points()


def test_who_was_not_told_yet_is_told_once():
    tips = tips_list(LOG, POINTS, on="2024-01-03", outlook=OUTLOOK)
    assert tips[["entity_id", "about", "kind"]].to_numpy().tolist() == [
        ["a", "licence_expiring", "risk"],
        ["e", "repair", "repair"],
    ]
    assert tips["tip_zh"].str.contains("许可证即将到期").tolist() == [True, False]
    assert tips_list(LOG, POINTS, on="2024-01-03", outlook=OUTLOOK, sent=tips).empty
    one_more = OUTLOOK.assign(ready=[0, 3])
    assert tips_list(LOG, POINTS, on="2024-01-03", outlook=one_more, sent=tips)["number"].tolist() == [3]


def test_sent_tips_are_the_notices_of_their_alerts():
    tips = tips_list(LOG, POINTS, on="2024-01-03", outlook=OUTLOOK)
    grown = pd.concat([LOG, notices_of(tips, on="2024-01-04")], ignore_index=True)
    states = alert_states(grown, POINTS, as_of="2024-01-05").set_index("entity_id")
    assert states["stage"].to_dict() == {"a": "notified", "b": "notified", "c": "cleared"}
    assert tips_list(grown, POINTS, on="2024-01-04").empty


def test_bad_input_is_one_sentence():
    few = load_tips().model_copy(update={"points": {}})
    with pytest.raises(SpecError, match="'licence_expiring' has none: write one"):
        tips_list(LOG, POINTS, on="2024-01-03", texts=few)
    with pytest.raises(SchemaError, match="number is missing: pass a tips list"):
        tips_list(LOG, POINTS, on="2024-01-03", sent=pd.DataFrame({"entity_id": [], "about": []}))
    with pytest.raises(SpecError, match="market_supervision"):
        load_tips("market_supervison")
