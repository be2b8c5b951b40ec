"""What the drawn say of everybody: finding rate (问题发现率) and loss by class, with intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import OutcomeError, SchemaError, SpecError, shown
from creditrisk.supervision.intervals import interval_of_mean, interval_of_rate
from creditrisk.supervision.weighting import total_variance

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimated mean over entities, with its interval.

    Parameters
    ----------
    value : float
        The estimate.
    lower, upper : float
        Its interval.
    standard_error : float
        Over repeated draws.
    """

    value: float
    lower: float
    upper: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnValues:
    """What was found at the drawn entities, with all that a weighted estimate needs.

    Parameters
    ----------
    values : ndarray of float, (visited,)
        What was found at each.
    chances : ndarray of float, (visited,)
        Inclusion probabilities, times the share of its class's drawn weight that was indeed visited.
    classes : ndarray of int, (visited,)
        Their classes, 0 for A.
    sizes : ndarray of int, (4,)
        How many entities of each class had a chance.
    independent : bool
        Whether the draw was a Poisson draw.
    """

    values: Floats
    chances: Floats
    classes: Codes
    sizes: Codes
    independent: bool


def estimate_by_class(draw: pd.DataFrame, values: pd.Series, *, interval: float = 0.9) -> pd.DataFrame:
    """Estimate the mean of what inspections find, if everybody who had a chance were inspected.

    Parameters
    ----------
    draw : DataFrame
        What `InspectionPlan.draw` returned.
    values : Series
        What was found, by entity id: 0 or 1 for a finding rate, money for a loss (0 where nothing was found).
        Values of entities that were not drawn count in `claimed` alone; the drawn without a value are taken
        to be like the others of their class.
    interval : float, default 0.9
        Probability of the intervals.

    Returns
    -------
    DataFrame
        Indexed by class, then ``"all"``: `entities` (with a chance), `visited` (drawn, with a value), `ht`
        (Horvitz–Thompson: unbiased), `hajek` (the weighted mean: steadier, and unbiased but for a trifle),
        each with `_lower` and `_upper`, and `claimed`: the plain mean of all values, which is what targeting
        would claim.

    Raises
    ------
    SchemaError
        If the draw lacks its columns or its seed and design.
    SpecError
        If the interval is no probability.
    OutcomeError
        If no drawn entity has a value.

    Examples
    --------
    >>> draw = pd.DataFrame(
    ...     {"risk_class": list("AAAADD"), "drawn": [True, False, True, False, True, True],
    ...      "inclusion_probability": [0.5] * 4 + [1.0] * 2}, index=list("abcdef"))
    >>> draw.attrs["creditrisk"] = {"design": "stratified"}
    >>> found = pd.Series({"a": 0.0, "c": 1.0, "e": 1.0, "f": 1.0})
    >>> estimate_by_class(draw, found)[["hajek", "claimed"]].round(3).to_dict("index")["all"]
    {'hajek': 0.667, 'claimed': 0.75}
    """
    if isinstance(interval, bool) or not isinstance(interval, float) or not 0 < interval < 1:
        raise SpecError(f"An interval has a probability between 0 and 1; got {shown(interval)}: write 0.9.")
    drawn = drawn_values(draw, values)
    claimed = _claimed(draw, values)
    letters = [letter for letter, size in zip("ABCD", drawn.sizes, strict=True) if size]
    rows = {}
    for letter in [*letters, ALL]:
        at = (
            np.ones(len(drawn.values), dtype=bool) if letter == ALL else drawn.classes == "ABCD".index(letter)
        )
        size = int(drawn.sizes.sum() if letter == ALL else drawn.sizes["ABCD".index(letter)])
        rows[letter] = _row(drawn, at, size, interval) | {"claimed": claimed.get(letter, np.nan)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("risk_class")


def estimate_assisted(
    draw: pd.DataFrame, values: pd.Series, predicted: pd.Series, *, interval: float = 0.9
) -> Estimate:
    """Estimate the mean over everybody by a model's predictions, put right by the drawn.

    The mean prediction over all entities with a chance, plus the weighted mean of what the drawn differ by
    (the difference estimator). However wrong the model is, it is unbiased as long as the predictions were
    made before the results were known; the better the model, the narrower the interval.

    Parameters
    ----------
    draw : DataFrame
        What `InspectionPlan.draw` returned.
    values : Series
        What was found at the drawn, by entity id.
    predicted : Series
        What was expected of every entity, from before the draw.
    interval : float, default 0.9
        Probability of the interval.

    Returns
    -------
    Estimate
        The mean over all entities with a chance.

    Raises
    ------
    SchemaError
        If an entity of the draw has no prediction.
    OutcomeError
        If no drawn entity has a value.
    """
    expected = predicted.reindex(draw.index).astype(float)
    if expected.isna().any():
        nobody = shown(expected.index[expected.isna()][0])
        raise SchemaError(
            f"Every entity of a draw needs a prediction; {nobody} has none: predict it as well."
        )
    drawn = drawn_values(draw, values - expected.reindex(values.index))
    size = int(drawn.sizes.sum())
    had_a_chance = draw["inclusion_probability"].to_numpy() > 0
    value = float(expected.to_numpy()[had_a_chance].mean() + (drawn.values / drawn.chances).sum() / size)
    variance = _variance(drawn, drawn.values, np.ones(len(drawn.values), dtype=bool)) / size**2
    lower, upper = interval_of_mean(value, variance, len(drawn.values), interval)
    return Estimate(value=value, lower=lower, upper=upper, standard_error=float(np.sqrt(variance)))


def drawn_values(draw: pd.DataFrame, values: pd.Series) -> DrawnValues:
    """Return the values of the drawn with their chances, corrected for those without a result.

    Parameters
    ----------
    draw : DataFrame
        What `InspectionPlan.draw` returned.
    values : Series
        What was found, by entity id.

    Returns
    -------
    DrawnValues
        One row a drawn entity with a value.

    Raises
    ------
    SchemaError
        If the draw lacks its columns or its design, or holds a chance, class or value that is none.
    OutcomeError
        If no drawn entity has a value.
    """
    missing = {"risk_class", "drawn", "inclusion_probability"} - set(draw.columns)
    design = draw.attrs.get("creditrisk", {}).get("design")
    if missing or design is None:
        raise SchemaError(
            f"Estimates need what InspectionPlan.draw returned; {', '.join(sorted(missing)) or 'the design'} "
            "is missing: pass the table as it was drawn."
        )
    drawn = draw["drawn"].to_numpy(dtype=bool)
    chances, classes = _checked(draw, drawn)
    found = _numbers(values.reindex(draw.index))
    visited = drawn & ~np.isnan(found)
    if not visited.any():
        raise OutcomeError(
            f"An estimate needs results of the drawn; none of {int(drawn.sum())} drawn entities has one: "
            "index the values by entity id."
        )
    weight = 1 / chances[drawn]
    asked = np.bincount(classes[drawn], weights=weight, minlength=4)
    answered = np.bincount(classes[visited], weights=1 / chances[visited], minlength=4)
    share = np.divide(answered, asked, out=np.ones(4), where=asked > 0)
    return DrawnValues(
        values=found[visited],
        chances=chances[visited] * share[classes[visited]],
        classes=classes[visited],
        sizes=np.bincount(classes[chances > 0], minlength=4),
        independent=design == "poisson",
    )


def _checked(draw: pd.DataFrame, drawn: Flags) -> tuple[Floats, Codes]:
    """Return the chances and classes of a draw, if they are such."""
    chances = draw["inclusion_probability"].to_numpy(dtype=np.float64)
    wrong = ~((chances >= 0) & (chances <= 1)) | (drawn & (chances == 0))
    if wrong.any():
        raise SchemaError(
            f"Who is drawn has an inclusion probability above 0 and up to 1; {shown(draw.index[wrong][0])} "
            f"has {chances[wrong][0]:g}: pass the table as it was drawn."
        )
    letters = draw["risk_class"].astype(str)
    unknown = letters[~letters.isin(list("ABCD"))]
    if len(unknown):
        raise SchemaError(
            f"A class is one of A, B, C, D; {shown(unknown.index[0])} has {shown(unknown.iloc[0])}: "
            "correct it."
        )
    return chances, np.array(["ABCD".index(letter) for letter in letters], dtype=np.int64)


def _numbers(values: pd.Series) -> Floats:
    numbers = pd.to_numeric(values, errors="coerce")
    lost = values[numbers.isna() & values.notna()]
    if len(lost):
        raise SchemaError(
            f"What was found at an entity is a number; {shown(lost.index[0])} has {shown(lost.iloc[0])}: "
            "correct it."
        )
    return numbers.to_numpy(dtype=np.float64)


def _row(drawn: DrawnValues, at: Flags, size: int, prob: float) -> dict[str, float]:
    number = int(at.sum())
    row: dict[str, float] = {"entities": size, "visited": number}
    if number == 0:
        names = ("ht", "ht_lower", "ht_upper", "hajek", "hajek_lower", "hajek_upper")
        return row | dict.fromkeys(names, np.nan)
    weights = 1 / drawn.chances[at]
    sum_of_weights = weights.sum()
    ht = float((drawn.values[at] * weights).sum() / size)
    hajek = float(np.average(drawn.values[at], weights=weights))
    ht_variance = _variance(drawn, drawn.values, at) / size**2
    hajek_variance = _variance(drawn, drawn.values - hajek, at) / sum_of_weights**2
    is_rate = bool(np.isin(drawn.values, (0.0, 1.0)).all())
    effective = sum_of_weights**2 / (weights**2).sum()
    for name, value, variance in (("ht", ht, ht_variance), ("hajek", hajek, hajek_variance)):
        if is_rate:
            lower, upper = interval_of_rate(value, variance, effective, prob)
        else:
            lower, upper = interval_of_mean(value, variance, number, prob)
        row |= {name: value, f"{name}_lower": lower, f"{name}_upper": upper}
    return row


def _variance(drawn: DrawnValues, values: Floats, at: Flags) -> float:
    return total_variance(values[at], drawn.chances[at], drawn.classes[at], independent=drawn.independent)


def _claimed(draw: pd.DataFrame, values: pd.Series) -> dict[str, float]:
    known = values.reindex(draw.index).astype(float)
    by_class = known.groupby(draw["risk_class"].astype(str)).mean()
    return {str(letter): float(mean) for letter, mean in by_class.items()} | {ALL: float(known.mean())}
