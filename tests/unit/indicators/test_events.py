import datetime as dt

import ibis
import pytest

from creditrisk.indicators.events import Clock

DAYS = (dt.date(2024, 2, 29), dt.date(2024, 3, 31))


@pytest.mark.parametrize(("day", "start"), [(DAYS[0], dt.date(2023, 2, 28)), (DAYS[1], dt.date(2023, 3, 31))])
def test_a_window_starts_on_the_same_day_of_the_month_or_the_last(day: dt.date, start: dt.date) -> None:
    clock = Clock((day,))
    table = clock.attach(ibis.memtable({"as_of": [day]}), [12])
    assert table.columns == ("as_of",)
    assert table.select(start=clock.start(table, 12)).to_pyarrow().to_pylist() == [{"start": start}]


def test_several_dates_have_their_starts_in_a_column() -> None:
    clock = Clock(DAYS)
    table = clock.attach(ibis.memtable({"as_of": list(DAYS)}), [1, 12])
    starts = table.order_by("as_of").select(start=clock.start(table, 1)).to_pyarrow().to_pylist()
    assert starts == [{"start": dt.date(2024, 1, 29)}, {"start": dt.date(2024, 2, 29)}]
