"""The fewest remedies that lead an entity to a better class, found by grading it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from creditrisk.errors import SpecError, shown
from creditrisk.grading.grade import decide
from creditrisk.grading.policy import GradingPolicy, Model
from creditrisk.grading.reasons import quoted
from creditrisk.grading.remedies.remedy import Remedy, checked, packaged_remedies
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.texts import REASON_TEXTS, Language
from creditrisk.indicators.frame import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterClass:
    """What would lead to a better class, if anything does.

    Parameters
    ----------
    entity_id : str
        Whose.
    before, after : RiskClass
        The class now and afterwards; the same if no remedy helps.
    remedies : tuple of Remedy
        What to do; empty if nothing helps.
    changes : mapping of str to tuple of two floats
        Indicators before and afterwards, by column.
    titles : mapping of str to tuple of two str
        English and Chinese titles of these columns.
    """

    entity_id: str
    before: RiskClass
    after: RiskClass
    remedies: tuple[Remedy, ...]
    changes: Mapping[str, tuple[float, float]]
    titles: Mapping[str, tuple[str, str]]

    def sentence(self, language: Language) -> str:
        """Return it in words.

        Parameters
        ----------
        language : {"en", "zh"}
            The language.

        Returns
        -------
        str
            One sentence.
        """
        texts = REASON_TEXTS[language]
        if not self.remedies:
            best = self.before is RiskClass.A
            return texts["best_class" if best else "no_remedy"].format(before=self.before)
        titles = [one.title_zh if language == "zh" else one.title_en for one in self.remedies]
        changed = [
            texts["changed"].format(
                title=self.titles[name][language == "zh"],
                before=quoted(values[0]),
                after=quoted(values[1]) or texts["none"],
            )
            for name, values in self.changes.items()
        ]
        return texts["remedy"].format(
            steps=texts["and"].join(titles),
            before=self.before,
            after=self.after,
            changed=texts["list"].join(changed),
        )


def smallest_remedy(
    policy: GradingPolicy,
    model: Model,
    X: pd.DataFrame,
    entity_id: str,
    remedies: Sequence[Remedy] | None = None,
) -> BetterClass:
    """Return the fewest remedies that lead an entity to a better class.

    Every set of remedies is tried, small sets first, and each is graded like the entity itself, rules
    included. Only what a remedy names changes; age, trade and what lies with others stay.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts and rules.
    model : RiskModel
        Gives the posterior.
    X : DataFrame, (entities, indicators)
        The indicators, with the entity.
    entity_id : str
        Whose class.
    remedies : sequence of Remedy, optional
        What can be done; ``packaged_remedies()`` if not given.

    Returns
    -------
    BetterClass
        Of several sets of the same size the one that changes fewest indicators, then the first of the file.

    Raises
    ------
    SpecError
        If the entity is not in X.
    """
    if entity_id not in X.index:
        raise SpecError(f"A class is of an entity of X; got {shown(entity_id)}: pass the id of one.")
    row = X.loc[[entity_id]].iloc[0]
    useful = [
        one for one in checked(packaged_remedies() if remedies is None else remedies) if one.changes(row)
    ]
    sets = [chosen for size in range(len(useful) + 1) for chosen in combinations(useful, size)]
    sets.sort(key=lambda chosen: (len(chosen), len(_together(chosen, row))))
    tried = _rows(X, entity_id, [_together(chosen, row) for chosen in sets])
    ranks = decide(policy, model.posterior(tried), tried).ranks
    better = [place for place in range(len(sets)) if ranks[place] < ranks[0]]
    found = sets[better[0]] if better else ()
    changes = _together(found, row)
    classes = list(RiskClass)
    return BetterClass(
        entity_id=entity_id,
        before=classes[ranks[0]],
        after=classes[ranks[better[0]]] if better else classes[ranks[0]],
        remedies=found,
        changes=changes,
        titles={name: (title_of(X, name, "en"), title_of(X, name, "zh")) for name in changes},
    )


def _together(chosen: Sequence[Remedy], row: pd.Series) -> dict[str, tuple[float, float]]:
    return {name: values for one in chosen for name, values in one.changes(row).items()}


def _rows(
    X: pd.DataFrame, entity_id: str, changes: Sequence[Mapping[str, tuple[float, float]]]
) -> pd.DataFrame:
    """Return the entity once for each set of changes, the types of the columns as they were."""
    rows = X.loc[[entity_id] * len(changes)].copy()
    rows.index = pd.Index([f"{entity_id}/{place}" for place in range(len(changes))], name=X.index.name)
    for name in {name for one in changes for name in one}:
        column = rows[name].astype(float)
        column = pd.Series(
            [one[name][1] if name in one else value for one, value in zip(changes, column, strict=True)],
            index=rows.index,
        )
        rows[name] = column
    rows.attrs = dict(X.attrs)
    return rows
