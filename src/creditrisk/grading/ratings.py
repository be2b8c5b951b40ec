"""The result of grading: one row an entity, and its summary by class.

==========================  =======  ==================================================================
column                      type     meaning
==========================  =======  ==================================================================
risk_class                  str      the class after the rules, A to D
model_class                 str      the class by the cuts alone
prob_A … prob_D             float    posterior probability of each class by the cuts alone; adds up to 1
p_violation                 float    posterior-mean probability of a violation within the horizon
p_violation_lower, _upper   float    its equal-tailed interval (90 % unless the policy says otherwise)
expected_loss_cny           float    posterior-mean expected loss within the horizon, in money
expected_loss_cny_lower, …  float    its equal-tailed interval
score                       float    points of p_violation, where the policy cuts a score
decided_by                  str      "model", or the id of the rule that set the class
direct                      bool     whether a veto was hit: direct determination (直接判定)
rules_hit                   str      ids of every rule hit, joined by semicolons
reasons_en, reasons_zh      str      rules hit, then the three indicators that moved p most
region, sector …            str      the groups of the entity, as the system names them
==========================  =======  ==================================================================

The suffix of the money columns is the currency. `prob_*` describe the model: where a rule decided, they say
what the class would have been without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from creditrisk.errors import SourceError, SpecError, hint
from creditrisk.grading.rated_entity import INTERNAL, KEY, RatedEntity
from creditrisk.grading.risk_class import RiskClass

_REQUIRED = (
    "risk_class",
    "model_class",
    "p_violation",
    "p_violation_lower",
    "p_violation_upper",
    "decided_by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Classes with their uncertainty, decisions and reasons, for every entity.

    Parameters
    ----------
    table : DataFrame, (entities, columns)
        Indexed by `entity_id`, with the columns listed at the top of this module.
    currency : str
        ISO 4217 code of the money columns.
    interval : float
        Probability of the intervals, 0–1.
    policy : str
        Name and version of the policy that made them.
    as_of : str or None
        The date that the indicators describe, in ISO form.
    """

    table: pd.DataFrame
    currency: str
    interval: float
    policy: str
    as_of: str | None

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self.table)

    def __getitem__(self, entity_id: str) -> RatedEntity:
        """Return the row of one entity, a page in a notebook; KeyError if it was not rated."""
        row = RatedEntity(self.table.loc[[entity_id]].iloc[0])
        row.attrs = {KEY: dict(self._meta())}
        return row

    @property
    def loss_column(self) -> str:
        """The name of the column of expected loss, `expected_loss_cny` for yuan."""
        return f"expected_loss_{self.currency.lower()}"

    def summary_by(self, column: str) -> pd.DataFrame:
        """Return the class table of every region, sector or other group.

        Parameters
        ----------
        column : str
            A column of the table.

        Returns
        -------
        DataFrame
            Indexed by the values of the column: `entities`, the shares `A` to `D` (0–1), `mean_p`, `direct`.

        Raises
        ------
        SpecError
            If there is no such column.
        """
        if column not in self.table.columns:
            known = [str(name) for name in self.table.columns]
            raise SpecError(
                f"Ratings are summed up by one of their columns; got {column!r}.{hint(column, known)}"
            )
        values = self.table[column].astype("string").fillna("–")
        classes = pd.get_dummies(self.table["risk_class"]).reindex(columns=list(RiskClass), fill_value=0)
        shares = classes.astype(float).groupby(values).mean()
        by_value = self.table.groupby(values)
        found = pd.DataFrame({"entities": by_value.size()})
        found[[str(risk_class) for risk_class in RiskClass]] = shares.to_numpy()
        found["mean_p"] = by_value["p_violation"].mean()
        found["direct"] = by_value["direct"].sum()
        return found.rename_axis(column)

    def grounds(self) -> pd.DataFrame:
        """Return on what grounds entities are D: direct determination and its rules apart from the model.

        Returns
        -------
        DataFrame
            Indexed by `decided_by`, direct determinations first: `direct`, `entities`, `share_of_d` and
            `share`, the last of all entities (0–1).
        """
        in_d = self.table[self.table["risk_class"] == RiskClass.D]
        counts = in_d.groupby(["decided_by", "direct"]).size().rename("entities").reset_index()
        ordered = counts.sort_values(["direct", "entities", "decided_by"], ascending=[False, False, True])
        found = ordered.set_index("decided_by")
        found["share_of_d"] = found["entities"] / max(len(in_d), 1)
        found["share"] = found["entities"] / max(len(self.table), 1)
        return found

    def summary(self) -> pd.DataFrame:
        """Return the class table.

        Returns
        -------
        DataFrame
            Indexed by class A to D: `entities`, `share` (0–1), `mean_p`, `mean_expected_loss_<currency>`
            (money; NaN for an empty class), `direct` (direct determinations in the class).
        """
        by_class = self.table.groupby("risk_class", observed=False)
        summary = pd.DataFrame(
            {
                "entities": by_class.size(),
                "mean_p": by_class["p_violation"].mean(),
                f"mean_{self.loss_column}": by_class[self.loss_column].mean(),
                "direct": by_class["direct"].sum(),
            }
        ).reindex([str(risk_class) for risk_class in RiskClass])
        counts = summary[["entities", "direct"]].fillna(0).astype(int)
        summary[["entities", "direct"]] = counts
        summary.insert(1, "share", counts["entities"] / max(len(self.table), 1))
        return summary.rename_axis("risk_class")

    def write(self, path: str | Path) -> None:
        """Write the table as Parquet, with policy, currency and date in its metadata.

        Parameters
        ----------
        path : str or Path
            The file to write.
        """
        table = self.table.copy()
        table.attrs = {KEY: self._meta()}
        table.to_parquet(path)

    def export(self, path: str | Path) -> None:
        """Write the table for other programs, every row marked as internal.

        Parameters
        ----------
        path : str or Path
            A file that ends in ``.csv``, ``.parquet`` or ``.xlsx``; the last needs openpyxl.

        Raises
        ------
        SpecError
            If it ends otherwise, or openpyxl is not installed.
        """
        path = Path(path)
        marked = self.table.assign(internal=f"{INTERNAL['en']} {INTERNAL['zh']}")
        if path.suffix == ".csv":
            marked.to_csv(path, encoding="utf-8-sig")
        elif path.suffix == ".parquet":
            marked.attrs = {KEY: dict(self._meta())}
            marked.to_parquet(path)
        elif path.suffix == ".xlsx":
            _write_excel(marked, path)
        else:
            raise SpecError(
                f"Ratings are exported to .csv, .parquet or .xlsx; got {path.name!r}: choose one of these."
            )

    def _meta(self) -> Mapping[str, object]:
        return {
            "currency": self.currency,
            "interval": self.interval,
            "policy": self.policy,
            "as_of": self.as_of,
        }


def _write_excel(table: pd.DataFrame, path: Path) -> None:
    try:
        table.to_excel(path, sheet_name="internal 内部")
    except ImportError:
        raise SpecError(
            "Excel files need the package openpyxl, which is not installed: run `pip install openpyxl`, or "
            "export to .csv."
        ) from None


def read_ratings(path: str | Path) -> Ratings:
    """Read what `Ratings.write` wrote.

    Parameters
    ----------
    path : str or Path
        A Parquet file.

    Returns
    -------
    Ratings
        The same table and metadata.

    Raises
    ------
    SourceError
        If there is no such file, or it is not a file of ratings.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(
            f"Ratings are read from a Parquet file; there is none at {str(path)!r}: check the path."
        )
    try:
        table = pd.read_parquet(path)
    except Exception as error:
        raise SourceError(
            f"Ratings are read from a Parquet file; {path.name!r} is damaged or is none: run assess again."
        ) from error
    meta = table.attrs.pop(KEY, None)
    missing = [column for column in _REQUIRED if column not in table.columns]
    if meta is None or missing:
        raise SourceError(f"{path.name!r} does not hold ratings written by this library: run assess again.")
    return Ratings(table=table, **meta)
