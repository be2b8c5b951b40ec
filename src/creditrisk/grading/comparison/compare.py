"""One policy against another on the same entities."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.grading.comparison.comparison import Comparison
from creditrisk.grading.comparison.effects import Known, effects
from creditrisk.grading.comparison.movers import LETTERS, migration, movers
from creditrisk.grading.draws import Draws, mean_of
from creditrisk.grading.grade import as_of, decide
from creditrisk.grading.inspection_rates import check_rates, load_rates
from creditrisk.grading.rules import Decisions
from creditrisk.indicators.frame import groups_of

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy


def compare(
    before: "GradingPolicy",
    after: "GradingPolicy",
    posterior: Draws,
    X: pd.DataFrame,
    *,
    rates: Mapping[str, float] | None = None,
    by: Sequence[str] | None = None,
) -> Comparison:
    """Return what changes if `after` takes the place of `before`.

    Parameters
    ----------
    before, after : GradingPolicy
        Two policies in the currency of the posterior.
    posterior : RiskPosterior
        Draws of p and of the expected loss.
    X : DataFrame, (entities, indicators)
        The indicators of the same entities in the same order.
    rates : mapping of str to float, optional
        The chance of an inspection by class; those of Daqing if not given.
    by : sequence of str, optional
        Columns of X to tell the movers by; the groups of X if not given.

    Returns
    -------
    Comparison
        Migration, movers, and what is spent and found.

    Raises
    ------
    SpecError
        If the entities or currencies differ, or a column or a rate is not there.
    """
    decisions = [decide(policy, posterior, X) for policy in (before, after)]
    known = Known(
        p=mean_of(posterior.p),
        loss=mean_of(posterior.expected_loss),
        p_draws=posterior.p,
        loss_draws=posterior.expected_loss,
    )
    groups = [name for name in groups_of(X) if name in X.columns] if by is None else list(by)
    return comparison_of(before, after, decisions, known, X, by=groups, rates=rates, date=as_of(X))


def comparison_of(
    before: "GradingPolicy",
    after: "GradingPolicy",
    decisions: Sequence[Decisions],
    known: Known,
    entities: pd.DataFrame,
    *,
    by: Sequence[str] = (),
    rates: Mapping[str, float] | None = None,
    date: str | None = None,
) -> Comparison:
    """Return the same for classes that are already known.

    Parameters
    ----------
    before, after : GradingPolicy
        Two policies in one currency.
    decisions : sequence of two Decisions
        What each of them makes of the entities.
    known : Known
        Probabilities and losses, with draws where they are at hand.
    entities : DataFrame
        Its index names the entities; its columns may be told by.
    by : sequence of str, default ()
        Columns to tell the movers by.
    rates : mapping of str to float, optional
        The chance of an inspection by class; those of Daqing if not given.
    date : str, optional
        The date that the indicators describe.

    Returns
    -------
    Comparison
        Migration, movers, and what is spent and found.

    Raises
    ------
    SpecError
        If the currencies differ, or a column or a rate is not there.
    """
    if before.currency != after.currency:
        raise SpecError(
            f"Policies are compared in one currency; got {before.currency} and {after.currency}: convert one."
        )
    checked = load_rates() if rates is None else check_rates(rates)
    first, second = (one.ranks for one in decisions)
    letters = np.array(LETTERS, dtype=object)
    return Comparison(
        before=f"{before.name} {before.version}",
        after=f"{after.name} {after.version}",
        classes=pd.DataFrame({"before": letters[first], "after": letters[second]}, index=entities.index),
        migration=migration(first, second),
        movers=movers(first, second, entities, by),
        effects=effects(first, second, known, checked, interval=after.interval),
        direct=int(np.count_nonzero(decisions[1].vetoed)),
        interval=after.interval,
        currency=after.currency,
        as_of=date,
    )
