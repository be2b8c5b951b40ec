"""The public data sets: what is known of each before a model sees it.

A direction is given only where the documentation of the data makes it certain beforehand: what earlier
inspections and judgments found can only raise the risk, a longer time since the last offence can only lower
it, a policy that lasts longer has more claims, and a malus stands for claims of the past. The 64 ratios of
the Polish firms have definitions but no directions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from benchmarks.accuracy.task import Task

Entities = Callable[[Path, ModuleType], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One public data set.

    Parameters
    ----------
    title : str
        What is predicted.
    entities : callable, optional
        Given the folder and the splits, whose row each is; None where every row is another entity.
    directions : mapping of str to {"raises", "lowers"}
        By feature.
    """

    title: str
    entities: Entities | None = None
    directions: Mapping[str, str] = field(default_factory=dict)

    def task(self, name: str, folder: Path, splits: ModuleType) -> Task:
        """Load the data set and its split.

        Parameters
        ----------
        name : str
            Of the data set in the splits.
        folder : Path
            Of the public data.
        splits : ModuleType
            The public splits.

        Returns
        -------
        Task
            Features, labels, split, groups and directions.
        """
        whose = None if self.entities is None else self.entities(folder, splits)
        return Task.of(splits, splits.ALL[name](), directions=self.directions, entities=whose)


def _column(file: str, column: str) -> Entities:
    return lambda folder, splits: pd.read_parquet(folder / file, columns=[column])[column]


def _all(direction: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, direction)


DATASETS: Mapping[str, Dataset] = {
    "chicago": Dataset(
        title="Chicago, the paper's table: a critical violation at an inspection",
        entities=_column("chicago_food_table.parquet", "license_id"),
        directions=_all("raises", "pastCritical", "pastSerious", "pastMinor", "pastFail"),
    ),
    "chicago_events": Dataset(
        title="Chicago, raw inspections: a critical violation at an inspection",
        entities=_column("chicago_food_events.parquet", "license_id"),
        directions=_all(
            "raises",
            *(
                f"{part}_{what}"
                for what in ("critical", "serious_count", "minor_count", "fail")
                for part in ("sum", "last")
            ),
            "rate",
            "critical_365d",
            "critical_1095d",
        ),
    ),
    "montreal": Dataset(
        title="Montréal: an offence of a convicted business in the year",
        entities=lambda folder, splits: splits.montreal_panel()["business_id"],
        directions={
            **_all("raises", "n_offences", "n_days", "n_codes", "n_365d", "n_1095d"),
            **_all("raises", "fines_known", "max_fine_known", "n_judged"),
            **_all("lowers", "days_since_last"),
        },
    ),
    "motor": Dataset(
        title="French motor policies: a third-party claim in the year",
        entities=_column("motor_pg15.parquet", "PolNum"),
        directions=_all("raises", "Bonus", "Exppdays"),
    ),
    "polish5": Dataset(title="Polish firms: bankruptcy within a year"),
}
