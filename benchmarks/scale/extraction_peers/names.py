"""Which of the 45 indicators are taken from which record type; the same for every peer."""

import datetime as dt
import math

COUNTED = ("lawsuit", "complaint", "inspection", "penalty", "shareholder", "sampling_test")
SUMMED = {
    "lawsuit": "amount_cny",
    "complaint": "amount_cny",
    "penalty": "fine_cny",
    "shareholder": "subscribed_cny",
}
LAST = ("lawsuit", "complaint", "penalty", "sampling_test", "registration_change")
DECAYED = ("lawsuit", "complaint", "penalty", "sampling_test")
DISTINCT = {"inspection": "department", "shareholder": "investor_id", "sampling_test": "product"}
FLAGGED = ("inspection", "shareholder", "registration_change", "repair")
EVENTS = (*COUNTED, "registration_change", "abnormal_list", "repair")
TABLES = ("registration", *EVENTS)
WITHIN_36_MONTHS = ("inspection", "shareholder", "repair")
HALF_LIFE_MONTHS = 6
RATE_A_DAY = math.log(2) / (HALF_LIFE_MONTHS * 30.4375)


def names() -> list[str]:
    """Return the names of the indicators, in order."""
    return [
        *(f"n_{table}_{months}" for table in COUNTED for months in (12, 24, 36)),
        *(f"s_{table}_{months}" for table in SUMMED for months in (12, 24)),
        *(f"d_{table}" for table in LAST),
        *(f"k_{table}" for table in DECAYED),
        *(f"u_{table}" for table in DISTINCT),
        *(f"e_{table}" for table in FLAGGED),
        "in_list",
        "max_fine_36",
        "max_severity_24",
    ]


def earlier(day: dt.date, months: int) -> dt.date:
    """Return the first of a month some months before the first of another."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)
