r"""Prior means from a regulator's points.

Points become log-odds, :math:`m = \text{points} \cdot \log 2 / \text{pdo}`. A column of the table keeps the
table's own bands. With a direction, each increment is

.. math:: \delta_k = m_k\,e^{\sigma_b e_k - \sigma_b^2 / 2}\,e^{\sigma_t r_j - \sigma_t^2 / 2},
          \qquad e_k, r_j \sim N(0, 1),

never negative, with mean :math:`m_k`, and with a tail that lets data win. Without a direction, and for
groups, the table's log-odds are the prior means of the usual normal laws.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import GroupTerm, OrderedTerm, Term
from creditrisk.models.elicited.table import PointsTable

Floats = NDArray[np.float64]

SMALLEST = 0.02


def is_told(term: Term, table: PointsTable | None) -> bool:
    """Return whether the increments of a term come from the table, never negative.

    Parameters
    ----------
    term : Term
        Of the design.
    table : PointsTable or None
        What is believed.

    Returns
    -------
    bool
        True for a term with a direction and points of its own.
    """
    ordered = isinstance(term, OrderedTerm) and term.direction != "either"
    return ordered and table is not None and table.of_number(term.name) is not None


def told_means(design: Design, table: PointsTable | None) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the prior mean of every coefficient in log-odds, and which are increments of the table.

    Parameters
    ----------
    design : Design
        Terms of the model.
    table : PointsTable or None
        What is believed.

    Returns
    -------
    tuple of ndarray, both of shape (coefficients,)
        Means, 0 where the table is silent; and whether a coefficient is an increment that cannot be negative.

    Raises
    ------
    SpecError
        If the table goes against a declared direction, or has other bands than the model.
    """
    mean = np.zeros(design.n_coefficients)
    increments = np.zeros(design.n_coefficients, dtype=bool)
    if table is None:
        return mean, increments
    for term, where in zip(design.terms, design.slices, strict=True):
        found = _means(term, table)
        if found is not None:
            mean[where] = found
        if is_told(term, table) and isinstance(term, OrderedTerm):
            increments[where.start : where.start + term.n_steps] = True
    return mean, increments


def _means(term: Term, table: PointsTable) -> Floats | None:
    """Return the prior means of a term's coefficients in log-odds, or None if the table has no such term."""
    unit = np.log(2) / table.pdo
    if isinstance(term, GroupTerm):
        told = table.names.get(term.name)
        return None if told is None else unit * _of_names(term, told)
    number = table.of_number(term.name) if isinstance(term, OrderedTerm) else None
    if number is None or not isinstance(term, OrderedTerm):
        return None
    found = np.zeros(term.n_coefficients)
    if len(number.points) != term.n_steps + 1:
        raise SpecError(f"The points table has other bands of {term.name!r} than the model; fit it anew.")
    found[: term.n_steps] = _increments(term, unit * np.diff(number.points))
    if number.missing is not None and term.missing_seen:
        found[-1] = unit * (number.missing - number.points[0])
    return found


def _increments(term: OrderedTerm, rises: Floats) -> Floats:
    """Return the increments in the term's direction; none of them quite 0, their sum unchanged."""
    if term.direction == "either":
        return rises
    rises = -rises if term.direction == "lowers" else rises
    if (rises < 0).any():
        raise SpecError(
            f"The points of {term.name!r} go against its direction, {term.direction!r}; "
            "correct the table or the direction."
        )
    total = float(rises.sum())
    least = SMALLEST * (total / len(rises) if total else 1.0)
    held = np.maximum(rises, least)
    result: Floats = held * (total / held.sum()) if total else held / len(rises)
    return result


def _of_names(term: GroupTerm, told: Mapping[str, float]) -> Floats:
    known = [told[name] for name in term.categories if name in told]
    usual = float(np.mean(known)) if known else 0.0
    found = np.array([told.get(name, usual) for name in term.categories])
    centred: Floats = found - found.mean()
    return centred
