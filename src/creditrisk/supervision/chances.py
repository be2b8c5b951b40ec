"""With what chance each entity is drawn: by rates, by rates and capacity, or by the loss expected."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def by_rates(rates: Floats, *, classes: Codes, width: Floats, exploration: float) -> Floats:
    """Return chances with the rate of its class in the mean of each class.

    Parameters
    ----------
    rates : ndarray of float, (classes,)
        Share of each class to inspect.
    classes : ndarray of int, (entities,)
        The class of each entity, from 0.
    width : ndarray of float, (entities,)
        How unsure the posterior is.
    exploration : float
        The share of each class's visits that goes in proportion to width; the rest is the same for all.

    Returns
    -------
    ndarray of float, (entities,)
        Inclusion probabilities.
    """
    chances = rates[classes]
    if exploration == 0:
        return chances
    for one in np.unique(classes):
        members = classes == one
        chances[members] = in_proportion(_mixed(width[members], exploration), chances[members].sum())
    return chances


def by_rates_within(
    rates: Floats, capacity: float, *, classes: Codes, width: Floats, exploration: float
) -> Floats:
    """Return chances in the proportion of the rates that add up to a capacity.

    Parameters
    ----------
    rates : ndarray of float, (classes,)
        Relative rates of the classes.
    capacity : float
        How many visits there are.
    classes : ndarray of int, (entities,)
        The class of each entity, from 0.
    width : ndarray of float, (entities,)
        How unsure the posterior is.
    exploration : float
        The share of the visits that goes in proportion to width within its class.

    Returns
    -------
    ndarray of float, (entities,)
        Inclusion probabilities; a class that would exceed 1 is drawn whole, and the others share the rest.
    """
    size = rates[classes]
    for one in np.unique(classes) if exploration else ():
        members = classes == one
        size[members] *= _mixed(width[members], exploration)
    return in_proportion(size, capacity)


def by_loss(capacity: float, *, loss: Floats, width: Floats, least: float, exploration: float) -> Floats:
    """Return the chances that find the most expected loss, above a least chance and an exploration share.

    Parameters
    ----------
    capacity : float
        How many visits there are.
    loss : ndarray of float, (entities,)
        What a visit is expected to find.
    width : ndarray of float, (entities,)
        How unsure the posterior is.
    least : float
        The chance that everyone has at least.
    exploration : float
        The share of the capacity that goes in proportion to width.

    Returns
    -------
    ndarray of float, (entities,)
        Inclusion probabilities that add up to the capacity.

    Raises
    ------
    SpecError
        If least chances and exploration leave nothing of the capacity.

    Examples
    --------
    >>> loss = np.array([5.0, 1.0, 9.0, 2.0])
    >>> by_loss(2, loss=loss, width=np.ones(4), least=0.25, exploration=0.0).round(2).tolist()
    [0.5, 0.25, 1.0, 0.25]
    """
    everyone, explored = least * len(loss), exploration * capacity
    if everyone + explored > capacity:
        raise SpecError(
            f"A capacity must cover everybody's least chance and the exploration; {least:g} of {len(loss)} "
            f"entities and {exploration:g} of {capacity:g} visits need {everyone + explored:.0f}: lower one."
        )
    base = least + (1 - least) * in_proportion(width, explored / (1 - least)) if explored else least
    chances = np.broadcast_to(base, loss.shape).astype(np.float64)
    riskiest = np.argsort(-loss, kind="stable")
    room = 1 - chances[riskiest]
    spent_before = room.cumsum() - room
    left = capacity - chances.sum()
    chances[riskiest] += np.clip(left - spent_before, 0, room)
    return np.minimum(chances, 1.0)


def in_proportion(size: Floats, number: float) -> Floats:
    """Return chances in proportion to size, none above 1, that add up to a number.

    Parameters
    ----------
    size : ndarray of float, (entities,)
        0 or more; if all are 0, all count the same.
    number : float
        The sum of the chances, at most the number of entities.

    Returns
    -------
    ndarray of float, (entities,)
        Inclusion probabilities.

    Examples
    --------
    >>> in_proportion(np.array([1.0, 1.0, 8.0]), 2).tolist()
    [0.5, 0.5, 1.0]
    """
    size = size if size.sum() > 0 else np.ones_like(size)
    order = np.argsort(-size, kind="stable")
    ordered = size[order]
    rest = np.maximum(ordered[::-1].cumsum()[::-1], np.finfo(float).tiny)
    certain = np.arange(len(size))
    still_above = (number - certain) * ordered > rest
    k = int(np.argmin(still_above)) if not still_above.all() else len(size)
    chances = np.ones(len(size))
    if k < len(size):
        chances[order[k:]] = np.minimum((number - k) * ordered[k:] / rest[k], 1.0)
    return chances


def _mixed(width: Floats, exploration: float) -> Floats:
    mean = width.mean()
    return (1 - exploration) + exploration * width / mean if mean > 0 else np.ones_like(width)
