"""From records to ratings: the streaming job on made-up records, with its stages and its memory.

    python -m benchmarks.scale.end_to_end [--entities 8000000] [--folder DIR] [--quick]

Twelve and a half records an entity, in ten record types, are written as Parquet files. A model of 45
indicators with 400 draws is fitted to a small registry of the same kind. Then `creditrisk grade` is run in
a process of its own: files hashed, records read, checked and sorted, indicators measured, scored and graded
slice by slice, parts written. The clock begins before the first file is opened and ends after the manifest.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale import extraction_ours
from benchmarks.scale.extraction_records import write_records
from benchmarks.scale.one_entity import drawn_around
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk import GradingPolicy, LossModel, Map, RiskModel, ViolationModel
from creditrisk.grading.shares import load_shares
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.rule import Rule

DAY = "2025-01-01"
RECORDS_EACH = 12.5
TRAINING = 20_000
_WRITE = """
import sys
from pathlib import Path
from benchmarks.scale.extraction_records import write_records
write_records(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), seed=1)
"""
VETO = Rule(
    id="R01", kind="veto", indicator="in_list", certainty="own", title_en="listed now", title_zh="当前列入"
)


def trained(folder: Path) -> Path:
    """Write a model and a policy that were made from a small registry; return the model's file."""
    records = folder / "training"
    records.mkdir()
    write_records(records, TRAINING, int(RECORDS_EACH * TRAINING), seed=2)
    snapshot = extraction_ours.load(records).as_of(DAY)
    X = IndicatorExtractor(extraction_ours.system()).transform(snapshot)
    model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map())).fit(X, outcomes(X))
    model = drawn_around(model)
    policy = GradingPolicy.calibrate(model, X, shares=load_shares(), rules=[VETO])
    policy.to_toml(folder / "policy.toml")
    model.save(folder / "model.nc")
    return folder / "model.nc"


def outcomes(X: pd.DataFrame) -> pd.DataFrame:
    """Return made-up violations, about 8 %, and losses; both grow with a few of the indicators."""
    rng = np.random.default_rng(3)
    known = np.log1p(X[["n_penalty_36", "n_complaint_12", "n_lawsuit_24"]].to_numpy()).sum(axis=1)
    hit = rng.random(len(X)) < 1 / (1 + np.exp(3.0 - 0.5 * known))
    loss = np.exp(8 + 0.3 * known + rng.normal(size=len(X)))
    return pd.DataFrame({"violation": hit * 1.0, "loss_cny": np.where(hit, loss, np.nan)}, index=X.index)


def graded(folder: Path, entities: int) -> dict[str, Any]:
    """Write records, grade them, and return the figures of the process that graded."""
    model, records = trained(folder), folder / "records"
    records.mkdir()
    began = time.perf_counter()
    amounts = [str(entities), str(int(RECORDS_EACH * entities))]
    subprocess.run([sys.executable, "-c", _WRITE, str(records), *amounts], check=True)
    written = time.perf_counter() - began
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.scale.end_to_end_once"]
    command += [str(model), str(records), DAY, str(folder / "out")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    figures["gigabytes of input"] = sum(file.stat().st_size for file in records.iterdir()) / 1e9
    figures["gigabytes of ratings"] = sum(f.stat().st_size for f in (folder / "out").rglob("*")) / 1e9
    figures["seconds to invent the records"] = written
    return figures


def tell(entities: int, figures: dict[str, Any]) -> None:
    """Print the tables, the bars and the JSON line."""
    stages = {name: {"seconds": seconds} for name, seconds in figures.pop("stages").items()}
    print_table(f"{entities:,} entities, {int(RECORDS_EACH * entities):,} records", stages)
    total = {name: value for name, value in figures.items() if isinstance(value, float)}
    total["entities a second"] = figures["rated"] / figures["seconds"]
    print_table("All together", {"creditrisk grade": total})
    bars = {"peak memory (GB)": Bar(value=figures["peak_gb"], sign="≤", limit=12)}
    print_bars(bars)
    print_json("scale.end_to_end", figures | {"entities": entities, "stages": stages}, {}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Records to ratings, in slices.")
    parser.add_argument("--entities", type=int, default=8_000_000, help="how many entities")
    parser.add_argument("--folder", type=Path, help="for some ten gigabytes [default: that of the system]")
    parser.add_argument("--quick", action="store_true", help="50,000 entities")
    given = parser.parse_args(arguments)
    entities = 50_000 if given.quick else given.entities
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        tell(entities, graded(Path(place), entities))


if __name__ == "__main__":
    main()
