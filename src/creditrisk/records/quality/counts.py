"""From what the checks found to the tables of an audit."""

from collections.abc import Sequence

import pandas as pd

from creditrisk.records.dimension import Dimension
from creditrisk.records.quality.audit import with_rates
from creditrisk.records.quality.gaps import Gaps
from creditrisk.records.quality.measure import Measured

_ORDER = {str(dimension): place for place, dimension in enumerate(Dimension)}


def checks_table(measured: Sequence[Measured], gaps: Sequence[Gaps]) -> pd.DataFrame:
    """Return the counts by dimension, table, organisation and rule.

    Parameters
    ----------
    measured : sequence of Measured
        By table.
    gaps : sequence of Gaps
        By check of coverage.

    Returns
    -------
    pandas.DataFrame
        `Audit.table`, without checks that spoke about no record.
    """
    columns = ["dimension", "table", "source_org", "rule", "checked", "failed"]
    parts = [_of_gaps(one)[columns] for one in gaps] + [_of_checks(one)[columns] for one in measured]
    every = pd.concat(parts, ignore_index=True)
    every = every[every["checked"] > 0]
    return with_rates(_sorted(every.astype({"checked": "int64", "failed": "int64"})))


def records_table(measured: Sequence[Measured], gaps: Sequence[Gaps]) -> pd.DataFrame:
    """Return the counts by dimension, table and organisation, every record once a dimension.

    Parameters
    ----------
    measured : sequence of Measured
        By table.
    gaps : sequence of Gaps
        By check of coverage.

    Returns
    -------
    pandas.DataFrame
        `Audit.records`.
    """
    columns = ["dimension", "table", "source_org", "checked", "failed"]
    owed = [_of_gaps(one)[columns] for one in gaps]
    parts = owed + [_of_records(one) for one in measured]
    every = pd.concat(parts, ignore_index=True)
    sums = every.groupby(columns[:3], as_index=False)[["checked", "failed"]].sum()
    return _sorted(sums[sums["checked"] > 0].astype({"checked": "int64", "failed": "int64"}))


def _of_gaps(gaps: Gaps) -> pd.DataFrame:
    return gaps.owed.assign(dimension=str(Dimension.COVERAGE))


def _of_checks(measured: Measured) -> pd.DataFrame:
    orgs = measured.checked.index
    flags = _flags(measured)
    failed = flags.groupby("source_org").sum().reindex(orgs, fill_value=0)
    rows = [
        pd.DataFrame(
            {
                "dimension": str(check.dimension),
                "table": measured.table,
                "source_org": orgs,
                "rule": check.rule,
                "checked": measured.checked[number].to_numpy(),
                "failed": failed[number].to_numpy(),
            }
        )
        for number, check in enumerate(measured.checks)
    ]
    return pd.concat(rows, ignore_index=True)


def _of_records(measured: Measured) -> pd.DataFrame:
    orgs, flags = measured.checked.index, _flags(measured)
    rows = []
    for dimension in Dimension:
        numbers = [n for n, check in enumerate(measured.checks) if check.dimension == dimension]
        if numbers:
            any_rule = flags[numbers].any(axis=1).groupby(flags["source_org"]).sum()
            rows.append(
                pd.DataFrame(
                    {
                        "dimension": str(dimension),
                        "table": measured.table,
                        "source_org": orgs,
                        "checked": measured.checked[numbers].max(axis=1).to_numpy(),
                        "failed": any_rule.reindex(orgs, fill_value=0).to_numpy(),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def _flags(measured: Measured) -> pd.DataFrame:
    numbers = [str(number) for number, _ in enumerate(measured.checks)]
    flags: pd.DataFrame = measured.failing.select(numbers).to_pandas().rename(columns=int)
    return flags.assign(source_org=measured.failing["source_org"].to_pandas().astype(object))


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    keys = [name for name in ("dimension", "table", "source_org", "rule") if name in frame]
    placed = frame.assign(dimension=frame["dimension"].map(_ORDER)).sort_values(keys)
    ordered: pd.DataFrame = frame.loc[placed.index].reset_index(drop=True)
    return ordered
