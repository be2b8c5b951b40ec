"""Random registries and random systems, with dates that like the edges of windows."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from tests.lib.cases import Case
from tests.lib.drawn import Registry, Row, complete
from tests.lib.engines import system_of
from tests.lib.reference import back

from creditrisk.indicators.system import IndicatorSystem

DAY = dt.date(2024, 3, 31)
MONTHS = (1, 6, 12)
ENTITIES = ("a", "b", "c", "d")
EDGES = [back(DAY, months) for months in (0, 1, 2, 6, 12, 24)]
DATES = st.one_of(
    st.sampled_from([edge + dt.timedelta(days=shift) for edge in EDGES for shift in (-1, 0, 1)]),
    st.dates(dt.date(2021, 1, 1), dt.date(2024, 12, 31)),
)
LATER = (st.sampled_from([0, 1, 30]) | st.integers(0, 400)).map(lambda days: dt.timedelta(days=days))
RELATIONS = ("invests_in", "branch", "legal_person")
AMOUNTS = st.none() | st.sampled_from([0.0, 0.01, 1.0, 2.5, 1000.0])


@st.composite
def _dated(draw: st.DrawFn, **columns: st.SearchStrategy[Any]) -> Row:
    occurred = draw(DATES)
    row: Row = {
        "entity_id": draw(st.sampled_from(ENTITIES)),
        "occurred_on": occurred,
        "known_on": occurred + draw(LATER),
    }
    return row | {name: draw(strategy) for name, strategy in columns.items()}


@st.composite
def _listed(draw: st.DrawFn) -> Row:
    row = draw(_dated())
    if draw(st.booleans()):
        row["ended_on"] = row["occurred_on"] + draw(LATER)
        row["end_known_on"] = row["ended_on"] + draw(LATER)
        row["repaired"] = draw(st.booleans())
    return row


@st.composite
def _inspected(draw: st.DrawFn) -> Row:
    row = draw(_dated(result_codes=st.sampled_from(["1", "3", "3,8", "8, E", "11,12"])))
    if draw(st.booleans()):
        row["rectify_due_on"] = row["occurred_on"] + draw(LATER)
        row["rectified_on"] = _later(draw, row)
    return row


@st.composite
def _penalised(draw: st.DrawFn) -> Row:
    row = draw(
        _dated(
            act_type=st.none() | st.sampled_from(["food", "price"]),
            severity=st.none() | st.integers(0, 5),
            fine_cny=AMOUNTS,
            confiscated_cny=AMOUNTS,
        )
    )
    return row | {"revoked_on": _later(draw, row)}


@st.composite
def _related(draw: st.DrawFn) -> Row:
    ends = {"other_id": st.sampled_from([*ENTITIES, "person"]), "relation": st.sampled_from(RELATIONS)}
    row = draw(_dated(**ends))
    return row | {"ended_on": _later(draw, row)}


def _later(draw: st.DrawFn, row: Row) -> dt.date | None:
    return None if draw(st.booleans()) else row["occurred_on"] + draw(LATER)


ROWS: dict[str, st.SearchStrategy[Row]] = {
    "penalty": _penalised(),
    "inspection": _inspected(),
    "abnormal_list": _listed(),
}


@st.composite
def registries(draw: st.DrawFn, least: int = 0) -> Registry:
    """Draw at least so many records of each type; every entity is registered, some of them late."""
    register = [
        {"entity_id": entity, "occurred_on": draw(DATES), "region": draw(st.sampled_from(["510104", None]))}
        for entity in ENTITIES
    ]
    register[0] |= {"occurred_on": dt.date(2020, 1, 1)}
    registry = {"registration": [complete("registration", i, row) for i, row in enumerate(register)]}
    for table, row in ROWS.items():
        drawn = draw(st.lists(row, min_size=least, max_size=8))
        registry[table] = [complete(table, number, one) for number, one in enumerate(drawn)]
    return registry


WINDOW = st.none() | st.sampled_from(MONTHS)
OF_PENALTIES: list[dict[str, Any]] = [
    {"measure": "count"},
    {"measure": "decayed_count", "half_life_months": 6},
    {"measure": "sum", "column": ["fine_cny", "confiscated_cny"], "transform": "log1p"},
    {"measure": "max", "column": "severity"},
    {"measure": "mean", "column": "fine_cny"},
    {"measure": "distinct", "column": "act_type"},
    {"measure": "flag"},
    {"measure": "days_since_last"},
    {"measure": "days_since_first", "days_per_unit": 30.4375},
    {"measure": "rate", "numerator": {"act_type": "food"}, "prior_strength": 3, "prior_mean": "population"},
    {"measure": "ratio", "numerator": "confiscated_cny", "denominator": "fine_cny"},
    {"measure": "latest_ratio", "numerator": "confiscated_cny", "denominator": "fine_cny"},
    {"measure": "latest", "column": "act_type", "missing": "missing"},
    {"measure": "latest_is", "condition": {"severity": {"at_least": 2}}},
    {"measure": "change", "column": "fine_cny"},
    {"measure": "largest_shift", "before": "fine_cny", "after": "confiscated_cny"},
]
FILTERS: list[dict[str, Any]] = [
    {},
    {"act_type": "food"},
    {"severity": {"at_least": 1, "below": 4}, "fine_cny": {"known": True}},
    {"revoked_on": {"known": False}},
]
NEED_A_WINDOW: list[dict[str, Any]] = [
    {"measure": "trend", "table": "penalty"},
    {"measure": "mean_trend", "table": "penalty", "column": "severity"},
]
FIXED: list[dict[str, Any]] = [
    {"measure": "season"},
    {"measure": "attribute", "table": "registration", "column": "region", "missing": "missing"},
    {"measure": "peers", "table": "registration", "column": "region"},
    {"measure": "attribute_age", "table": "registration"},
    {"measure": "current", "table": "abnormal_list"},
    {"measure": "lapsed", "table": "abnormal_list"},
    {"measure": "days_until", "table": "abnormal_list", "column": "ended_on"},
    {"measure": "flag", "table": "inspection", "where": {"result_codes": {"contains_any": ["1", "E"]}}},
]
BY_WINDOW: list[dict[str, Any]] = [
    {"measure": "current_days", "table": "abnormal_list"},
    {"measure": "overdue", "table": "inspection", "done": "rectified_on", "dated_by": "rectify_due_on"},
    {"measure": "flag", "table": "abnormal_list", "where": {"repaired": False}, "dated_by": "ended_on"},
]


@st.composite
def systems(draw: st.DrawFn) -> IndicatorSystem:
    """Draw every measure once, each with a window and a filter of its own."""
    entries = [
        entry | {"table": "penalty", "where": draw(st.sampled_from(FILTERS))} | _months(draw(WINDOW))
        for entry in OF_PENALTIES
    ]
    entries += [entry | _months(draw(st.sampled_from(MONTHS))) for entry in NEED_A_WINDOW]
    entries += [entry | _months(draw(WINDOW)) for entry in BY_WINDOW]
    missing = st.sampled_from(["zero", "missing"])
    named = [
        {"missing": draw(missing)} | entry | {"name": f"x{number}"}
        for number, entry in enumerate(entries + FIXED)
    ]
    return system_of(*named)


OVER = st.fixed_dictionaries(
    {
        "hops": st.sampled_from([1, 2]),
        "most": st.sampled_from([2, 50]),
        "follow": st.sampled_from(["both", "outward", "inward"]),
        "edges": st.sampled_from([{}, {"relation": ["branch", "legal_person"]}]),
    },
    optional={"alike": st.just({"column": "industry", "prefix": 3}), "decay": st.sampled_from([0.1, 1.0])},
)
RELATED: list[dict[str, Any]] = [
    {"measure": "related_share", "table": "penalty", "prior_strength": 2, "prior_mean": "population"},
    {"measure": "related_current_share", "table": "abnormal_list", "prior_strength": 1, "prior_mean": 0.1},
]
BASE_RATE = {"measure": "base_rate", "table": "penalty", "code": "industry", "prior_strength": 3}


@st.composite
def related_registries(draw: st.DrawFn, least: int = 0) -> Registry:
    """Draw a registry whose entities are related and have industries."""
    registry = draw(registries(least))
    for row in registry["registration"]:
        row["industry"] = draw(st.sampled_from(["F5231", "F5232", "F52", "C1340", None]))
    edges = draw(st.lists(_related(), max_size=8))
    return registry | {
        "relation_edge": [complete("relation_edge", number, edge) for number, edge in enumerate(edges)]
    }


@st.composite
def systems_of_others(draw: st.DrawFn) -> IndicatorSystem:
    """Draw every measure of other entities once."""
    entries = [entry | {"over": draw(OVER)} for entry in RELATED]
    entries[0] |= _months(draw(WINDOW)) | {"where": draw(st.sampled_from(FILTERS))}
    entries += [BASE_RATE | {"levels": draw(st.sampled_from([[1, 5], [3]]))} | _months(draw(WINDOW))]
    missing = st.sampled_from(["zero", "missing"])
    named = [entry | {"name": f"x{number}", "missing": draw(missing)} for number, entry in enumerate(entries)]
    return system_of(*named)


FILTER = st.sampled_from(FILTERS)
KINDS: list[tuple[list[dict[str, Any]], dict[str, st.SearchStrategy[Any]]]] = [
    *[
        ([one | {"table": "penalty"}], {"where": st.sampled_from(FILTERS), "months": WINDOW})
        for one in OF_PENALTIES
    ],
    *[([one], {"months": st.sampled_from(MONTHS)}) for one in NEED_A_WINDOW],
    *[([one], {"months": WINDOW}) for one in BY_WINDOW],
    (FIXED, {}),
    (RELATED, {"over": OVER}),
    ([BASE_RATE], {"levels": st.sampled_from([[1, 5], [3]]), "months": WINDOW}),
]


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one indicator of any measure, with a window and a filter where it takes them."""
    some, more = draw(st.sampled_from(KINDS))
    drawn = {name: draw(strategy) for name, strategy in more.items()}
    missing = draw(st.sampled_from(["zero", "missing"]))
    given = {name: value for name, value in drawn.items() if value is not None}
    return {"missing": missing} | draw(st.sampled_from(some)) | given


CASES = st.builds(Case, entries=st.lists(entries(), min_size=1, max_size=3), registry=related_registries(4))


def _months(months: int | None) -> dict[str, Any]:
    return {} if months is None else {"months": months}
