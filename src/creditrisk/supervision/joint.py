"""One visit for several departments (部门联合抽查)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from creditrisk.errors import SchemaError, SpecError, shown


def joint_visits(draws: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Join the draws of several departments, or of several tags, into one visit for each entity.

    With the same seed an entity has the same number in every draw, so that the draws meet as often as their
    chances allow: an entity with the chances 0.2 and 0.3 is drawn by both with the chance 0.2, and visited at
    all with 0.3. This is exact for the design ``"poisson"``.

    Parameters
    ----------
    draws : mapping of str to DataFrame
        What `InspectionPlan.draw` returned, by department or tag; they need not have the same entities.

    Returns
    -------
    DataFrame, (visits,)
        Indexed by the entities that anyone drew: `departments` (joined by semicolons, in the order given),
        `joint` (more than one) and `inclusion_probability` of the visit, missing unless all draws are Poisson
        draws with one seed.

    Raises
    ------
    SchemaError
        If a table is no draw.
    SpecError
        If there is no draw.

    Examples
    --------
    >>> one = pd.DataFrame({"drawn": [True, True], "inclusion_probability": [0.2, 0.5]}, index=["a", "b"])
    >>> other = pd.DataFrame({"drawn": [True], "inclusion_probability": [0.4]}, index=["b"])
    >>> joint_visits({"food": one, "fire": other})["departments"].to_dict()
    {'a': 'food', 'b': 'food;fire'}
    """
    if not draws:
        raise SpecError("A joint visit needs the draw of at least one department; got none: pass some.")
    for name, draw in draws.items():
        lacking = {"drawn", "inclusion_probability"} - set(draw.columns)
        if lacking:
            raise SchemaError(
                f"A joint visit is made of draws; that of {shown(name)} lacks {min(lacking)}: pass what "
                "InspectionPlan.draw returned."
            )
    drawn = pd.DataFrame({name: draw["drawn"] for name, draw in draws.items()})
    flags = drawn.eq(True).to_numpy(dtype=bool)
    seen = flags.any(axis=1)
    names = [";".join(np.array(list(draws))[row]) for row in flags[seen]]
    visits = pd.DataFrame(
        {"departments": names, "joint": flags[seen].sum(axis=1) > 1}, index=drawn.index[seen]
    )
    chances = pd.DataFrame({name: draw["inclusion_probability"] for name, draw in draws.items()})
    visits["inclusion_probability"] = chances.max(axis=1)[seen] if _meet(draws) else np.nan
    return visits


def _meet(draws: Mapping[str, pd.DataFrame]) -> bool:
    """Return whether the draws are Poisson draws with one seed."""
    about = [draw.attrs.get("creditrisk", {}) for draw in draws.values()]
    return {(one.get("design"), one.get("seed")) for one in about} == {("poisson", about[0].get("seed"))}
