"""Which effects of the loss model belong to the same region or sector as one of the violation model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import GroupTerm, PooledTerm

Indices = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class SharedGroups:
    """Groups that both models have, and which effects correspond.

    Attributes
    ----------
    names : tuple of str
        The groups.
    group : ndarray of int of shape (effects of the loss model,)
        Which of `names` each pooled effect belongs to; -1 where only the loss model has it.
    effect : ndarray of int of shape (effects of the loss model,)
        The coefficient of the violation model for the same level; -1 where there is none.
    scale : ndarray of int of shape (effects of the loss model,)
        Which of the violation model's groups scales that coefficient; -1 where there is none.
    """

    names: tuple[str, ...]
    group: Indices
    effect: Indices
    scale: Indices

    @classmethod
    def of(cls, violation: Design, loss: Design) -> "SharedGroups":
        """Compare two designs.

        Parameters
        ----------
        violation, loss : Design
            Of the two models.

        Returns
        -------
        SharedGroups
            What they share.

        Raises
        ------
        SpecError
            If they share no group.
        """
        theirs = {term.name: term for term in violation.terms if isinstance(term, GroupTerm)}
        ours = [term for term in loss.terms if isinstance(term, PooledTerm)]
        names = tuple(term.name for term in ours if isinstance(term, GroupTerm) and term.name in theirs)
        if not names:
            raise SpecError(
                "joint=True correlates the effects of groups that both models have; the violation model has "
                f"{_listed(list(theirs))}, the loss model {_listed([term.name for term in ours])}: name the "
                "same column in groups of both."
            )
        starts = {t.name: where.start for t, where in zip(violation.terms, violation.slices, strict=True)}
        order = [term.name for term in violation.terms if isinstance(term, PooledTerm)]
        rows: list[tuple[int, int, int]] = []
        for term in ours:
            if not isinstance(term, GroupTerm) or term.name not in names:
                rows += [(-1, -1, -1)] * term.n_coefficients
                continue
            at = {level: k for k, level in enumerate(theirs[term.name].categories)}
            group, scale = names.index(term.name), order.index(term.name)
            for level in term.categories:
                known = level in at
                rows.append((group, starts[term.name] + at[level], scale) if known else (-1, -1, -1))
        group, effect, scale = np.array(rows, dtype=np.intp).T
        return cls(names=names, group=group, effect=effect, scale=scale)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
