"""The same scores on Spark: the same kernel, on every executor, over the Arrow batches of a DataFrame.

The model travels as the bytes of its file, broadcast once; a Python worker opens it once and keeps it. A
batch is scored on one thread: Spark runs as many tasks as there are cores.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from creditrisk.errors import SchemaError, hint
from creditrisk.models.file import load_model
from creditrisk.models.scoring.summarise import ReadyModel, needed_columns, question_of
from creditrisk.models.summary import RiskSummary

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ENTITY = "entity_id"
ROWS_AT_ONCE = 65_536
_FIGURES = (
    *(f"prob_{letter}" for letter in "ABCD"),
    *(f"p_violation{end}" for end in ("", "_lower", "_median", "_upper")),
    *(f"expected_loss{end}" for end in ("", "_lower", "_median", "_upper")),
)


def summary_on_spark(
    X: "DataFrame",
    model_file: str | Path,
    *,
    cuts: Sequence[float],
    on: str = "expected_loss",
    interval: float = 0.9,
    method: str = "moments",
) -> "DataFrame":
    """Return class probabilities, means and intervals of every row of a Spark DataFrame.

    Parameters
    ----------
    X : pyspark.sql.DataFrame
        `entity_id` and the columns of the fit, such as Ibis extracts them on Spark.
    model_file : str or Path
        A model file that this process can read; executors get its bytes, and need this library.
    cuts : sequence of three floats
        Where the classes B, C and D begin, as in `RiskModel.summary`.
    on : {"expected_loss", "p"}, default "expected_loss"
        What is cut.
    interval : float, default 0.9
        Probability of the equal-tailed intervals.
    method : {"moments", "draws"}, default "moments"
        As in `RiskModel.summary`, which gives the same numbers.

    Returns
    -------
    pyspark.sql.DataFrame
        `entity_id`, `prob_A` to `prob_D`, and of `p_violation` and `expected_loss` the mean, `_lower`,
        `_median` and `_upper`. Nothing is computed before somebody asks for it.

    Raises
    ------
    SchemaError
        If X lacks a column.
    SpecError
        If cuts, on, interval or method are not as above.
    """
    model, question = load_model(model_file), question_of(cuts, on, interval)
    ReadyModel(model, question, method)
    columns = [ENTITY, *needed_columns(model)]
    for name in columns:
        if name not in X.columns:
            raise SchemaError(
                f"Scoring on Spark needs the column {name!r}, which the DataFrame does not have; extract it "
                f"with the system of the fit.{hint(name, X.columns)}"
            )
    held = X.sparkSession.sparkContext.broadcast(Path(model_file).read_bytes())
    asked = (tuple(map(float, cuts)), on, interval, method)
    schema = ", ".join([f"{ENTITY} string", *(f"{name} float" for name in _FIGURES)])
    return X.select(*columns).mapInArrow(_scoring(held, asked), schema)


def _scoring(held: Any, asked: tuple[Any, ...]) -> Callable[[Iterable[Any]], Iterator[Any]]:
    def score(batches: Iterable[Any]) -> Iterator[Any]:
        ready = _opened(held.value, asked)
        for batch in _gathered(batches):
            X = batch.to_pandas().set_index(ENTITY)
            yield from _table(ready.summary(X, threads=1)).to_batches()

    return score


@lru_cache(maxsize=2)
def _opened(content: bytes, asked: tuple[Any, ...]) -> ReadyModel:
    cuts, on, interval, method = asked
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.nc"
        path.write_bytes(content)
        return ReadyModel(load_model(path), question_of(cuts, on, interval), method)


def _gathered(batches: Iterable[Any]) -> Iterator[pa.Table]:
    """Yield tables of some ten thousand rows: a call has a cost of its own."""
    some: list[Any] = []
    for batch in batches:
        some.append(batch)
        if sum(one.num_rows for one in some) >= ROWS_AT_ONCE:
            yield pa.Table.from_batches(some)
            some = []
    if some:
        yield pa.Table.from_batches(some)


def _table(summary: RiskSummary) -> pa.Table:
    figures = [*summary.probabilities.T]
    for one in (summary.p, summary.expected_loss):
        figures += [one.mean, one.lower, one.median, one.upper]
    arrays = [pa.array(summary.entity_ids, pa.string()), *(pa.array(values) for values in figures)]
    return pa.Table.from_arrays(arrays, names=[ENTITY, *_FIGURES])
