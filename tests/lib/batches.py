"""A registry, a system, a model and a policy on the disk, small enough to be graded in a second."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from creditrisk import GradingPolicy, LossModel, Map, RiskModel, Steps, ViolationModel, load_system, simulate
from creditrisk.batch.manifest import Manifest
from creditrisk.batch.run import grade_records
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.models.linear import LinearPosterior
from creditrisk.records.read import read_records

AS_OF = "2024-01-01"
TABLES = ("registration", "abnormal_list", "penalty")
ROWS = 25

SYSTEM = """
id = "batch"
version = "3"
title_en = "a small system"
title_zh = "小体系"

[groups]
region = { column = "region", prefix = 6 }
"""

INDICATOR = """
[[indicators]]
id = "{id}"
name = "{name}"
title_en = "{name}"
title_zh = "{name}"
dimension = "basic"
direction = "either"
"""

RULE = """
[[rules]]
id = "R01"
kind = "veto"
indicator = "abnormal_now"
certainty = "own"
title_en = "on the abnormal list"
title_zh = "列入经营异常名录"
"""

MEASURES = {
    "age_years": 'missing = "missing"\ntable = "registration"\nmeasure = "attribute_age"\n',
    "fines_cny": 'missing = "zero"\ntable = "penalty"\nmeasure = "sum"\ncolumn = "fine_cny"\nmonths = 60\n',
    "abnormal_now": 'missing = "zero"\ntable = "abnormal_list"\nmeasure = "current"\n',
    "industry_rate": (
        'missing = "missing"\ntable = "penalty"\nmeasure = "base_rate"\ncode = "industry"\nlevels = [1, 3]\n'
        "prior_strength = 20.0\nmonths = 60\n"
    ),
    "never_used": 'missing = "zero"\ntable = "penalty"\nmeasure = "count"\nmonths = 12\n',
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Files to grade.

    Parameters
    ----------
    folder : Path
        Holds ``registry``, ``system.toml``, ``model.nc`` and ``policy.toml``.
    """

    folder: Path

    @property
    def registry(self) -> Path:
        return self.folder / "registry"

    @property
    def system(self) -> Path:
        return self.folder / "system.toml"

    @property
    def model(self) -> Path:
        return self.folder / "model.nc"

    def grade(self, out: Path, **more: Any) -> Manifest:
        asked: dict[str, Any] = {"as_of": AS_OF, "system": self.system, "rows": ROWS}
        return grade_records(self.model, self.registry, out=out, **(asked | more))


def written(folder: Path, entities: int = 100, seed: int = 11) -> Batch:
    """Write registry, system, model and policy."""
    batch = Batch(folder)
    batch.registry.mkdir(parents=True)
    registry = simulate(entities, seed=seed, first_year=2018)
    for name in TABLES:
        registry.tables[name].to_parquet(batch.registry / f"{name}.parquet")
    entries = [
        INDICATOR.format(id=f"B{number}", name=name) + measure
        for number, (name, measure) in enumerate(MEASURES.items())
    ]
    batch.system.write_text(SYSTEM + "".join(entries) + RULE, encoding="utf-8")
    system = load_system(batch.system, on=AS_OF)
    X = IndicatorExtractor(system).transform(read_records(batch.registry).as_of(AS_OF))
    model = _drawn(X.drop(columns="never_used"))
    model.save(batch.model)
    goal = {"A": 0.4, "B": 0.3, "C": 0.2, "D": 0.1}
    policy = GradingPolicy.calibrate(model, X, shares=goal, rules=system.rules)
    policy.to_toml(folder / "policy.toml")
    return batch


def _drawn(X: Any) -> RiskModel:
    """Return a model with invented draws around a mode of invented outcomes."""
    rng = np.random.default_rng(5)
    outcomes = X[[]].assign(violation=(rng.random(len(X)) < 0.4) * 1.0, loss_cny=np.nan)
    hit = outcomes["violation"] == 1
    outcomes.loc[hit, "loss_cny"] = np.exp(rng.normal(8, 1, int(hit.sum())))
    parts = (
        kind(groups=["region"], effect=Steps(bins=4, min_rows=5), inference=Map())
        for kind in (ViolationModel, LossModel)
    )
    model = RiskModel(*parts).fit(X, outcomes)
    model.violation_.posterior_ = _around(model.violation_.posterior_, rng)
    part = model.loss_.parts_[0]
    drawn = type(part)(
        family=part.family, location=_around(part.location, rng), log_spread=_around(part.log_spread, rng)
    )
    model.loss_.take_parts((drawn,))
    model.loss_.positive_share_ = np.full(40, 0.9)
    return model


def _around(posterior: LinearPosterior, rng: np.random.Generator) -> LinearPosterior:
    intercept, levels = (
        (array[..., :1] + 0.2 * rng.normal(size=(*array.shape[:-1], 40))).astype(np.float32)
        for array in (posterior.intercept, posterior.levels)
    )
    return LinearPosterior(design=posterior.design, intercept=intercept, levels=levels)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
