import datetime as dt

import pandas as pd
import pytest

from creditrisk.errors import DateError, SchemaError, SourceError, SpecError
from creditrisk.supervision.monitoring.board import open_alerts
from creditrisk.supervision.monitoring.log import COLUMNS
from creditrisk.supervision.monitoring.log_file import read_log, write_log
from creditrisk.supervision.monitoring.point import load_point

POINTS = [load_point(name) for name in ("marked_abnormal", "licence_expired")]
ROWS = [
    (dt.date(2024, 1, 1), "marked_abnormal", "007", "found", "listed=1"),
    (dt.date(2024, 1, 2), "marked_abnormal", "007", "notify", "通知书12"),
    (dt.date(2024, 1, 3), "licence_expired", "b", "found", "x=1"),
    (dt.date(2024, 3, 3), "licence_expired", "c", "found", ""),
    (dt.date(2024, 3, 4), "licence_expired", "d", "found", ""),
    (dt.date(2024, 3, 5), "licence_expired", "d", "over", ""),
]
LOG = pd.DataFrame(ROWS, columns=COLUMNS, dtype=object)


@pytest.mark.parametrize("name", ["log.csv", "log.parquet"])
def test_a_log_is_read_as_it_was_written(tmp_path, name):
    write_log(LOG, tmp_path / name)
    pd.testing.assert_frame_equal(read_log(tmp_path / name), LOG, check_dtype=False)


def test_open_alerts_are_told_in_both_languages_the_escalated_first():
    english, chinese = (open_alerts(LOG, POINTS, on="2024-03-05", language=name) for name in ("en", "zh"))
    assert english["entity_id"].tolist() == ["b", "007", "c"]
    assert english["stage"].tolist() == ["escalated", "escalated", "detected: notify"]
    assert chinese["stage"].tolist() == ["已逾期，转办", "已逾期，转办", "已发现，待告知"]
    assert chinese["title"].iloc[0] == POINTS[1].title_zh
    assert english["due"].iloc[2] == dt.date(2024, 3, 3) + dt.timedelta(days=POINTS[1].deadlines.notify_days)
    assert english["why"].tolist() == ["x=1", "listed=1", ""]


def test_events_of_the_day_count_and_later_ones_do_not():
    assert open_alerts(LOG, POINTS, on="2024-01-01")["entity_id"].tolist() == ["007"]
    assert open_alerts(LOG, POINTS, on="2023-12-31").empty


@pytest.mark.parametrize(
    ("rows", "error", "sentence"),
    [
        ("on,point,entity_id,kind\n", SchemaError, "lacks why: add it"),
        ("on,point,entity_id,kind,why\n2024-01-01,p,a,fond,\n", SchemaError, "row 1 has 'p', 'a' and 'fond'"),
        ("on,point,entity_id,kind,why\n2024-01-01,p,,found,\n", SchemaError, "row 1 has 'p', '' and 'found'"),
        ("on,point,entity_id,kind,why\n2024-13-01,p,a,found,\n", DateError, "2024-13-01"),
        ("", SourceError, "it is no table"),
    ],
)
def test_a_file_that_is_no_log_is_one_sentence(tmp_path, rows, error, sentence):
    (tmp_path / "log.csv").write_text(rows)
    with pytest.raises(error, match=sentence) as raised:
        read_log(tmp_path / "log.csv")
    assert "\n" not in str(raised.value)


def test_a_log_has_one_of_two_endings(tmp_path):
    with pytest.raises(SpecError, match=r"ends with .csv or .parquet; got .*log.xlsx': rename it"):
        write_log(LOG, tmp_path / "log.xlsx")
