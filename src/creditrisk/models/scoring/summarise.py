"""Class probabilities and intervals of millions of entities from a fitted model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models import frames
from creditrisk.models.scoring.lookup import is_known
from creditrisk.models.scoring.rows import rows_of_frame
from creditrisk.models.scoring.scorer import (
    CHUNK,
    Kernel,
    Predictors,
    Question,
    draws_kernel,
    moments_kernel,
    run,
)
from creditrisk.models.summary import Figures, RiskSummary

if TYPE_CHECKING:
    from creditrisk.models.risk import RiskModel

METHODS = ("moments", "draws")
ON = ("expected_loss", "p")


class ReadyModel:
    """A fitted model and a question, with the tables of their kernel: made once, asked for many frames.

    Parameters
    ----------
    model : RiskModel
        A fitted model.
    question : Question
        From `question_of`.
    method : {"moments", "draws"}
        As in `RiskModel.summary`.

    Raises
    ------
    SpecError
        If there is no such method.
    """

    def __init__(self, model: "RiskModel", question: Question, method: str) -> None:
        check_method(method)
        self._model, self._question = model, question
        self._make = moments_kernel if method == "moments" else draws_kernel
        self._predictors = predictors_of(model)
        self._kernels: dict[type, Kernel] = {}

    def summary(self, X: pd.DataFrame, *, threads: int | None = None, chunk: int = CHUNK) -> RiskSummary:
        """Return class probabilities, means and intervals of every row; see `RiskModel.summary`."""
        model, question = self._model, self._question
        frame = frames.same_columns(frames.as_frame(X), needed_columns(model))
        if self._predictors is None:
            figures = _from_posterior(model, frame, question, chunk)
        else:
            rows, dtype = rows_of_frame(frame, self._predictors.designs)
            if dtype not in self._kernels:
                self._kernels[dtype] = self._make(self._predictors, question, dtype)
            figures = run(rows, len(frame), self._kernels[dtype], threads, chunk)
        return RiskSummary(
            entity_ids=frame.index,
            probabilities=np.ascontiguousarray(figures[:4].T),
            p=Figures(mean=figures[4], lower=figures[5], median=figures[6], upper=figures[7]),
            expected_loss=Figures(mean=figures[8], lower=figures[9], median=figures[10], upper=figures[11]),
            currency=model.currency_,
            interval=question.interval,
        )


def summarise(
    model: "RiskModel",
    X: pd.DataFrame,
    *,
    cuts: Sequence[float],
    on: str = "expected_loss",
    interval: float = 0.9,
    method: str = "moments",
    threads: int | None = None,
    chunk: int = CHUNK,
) -> RiskSummary:
    """Return class probabilities, means and intervals of every row; see `RiskModel.summary`."""
    return ReadyModel(model, question_of(cuts, on, interval), method).summary(X, threads=threads, chunk=chunk)


def needed_columns(model: "RiskModel") -> tuple[str, ...]:
    """Return the columns that a fitted model scores by."""
    first, second = model.violation_.posterior_.design, model.loss_.posterior_.design
    return tuple(dict.fromkeys([*first.columns, *second.columns]))


def predictors_of(model: "RiskModel") -> Predictors | None:
    """Return the two linear predictors, or None where the log of the expected loss is not linear.

    It is linear for a log-normal loss with one spread for all: the location, half the variance and the log
    of the share of violations with a loss.
    """
    violation, loss = model.violation_, model.loss_
    first, second = violation.posterior_, loss.posterior_
    if loss.sigma_ is None or not is_known((first.design, second.design)):
        return None
    shift = 0.5 * np.asarray(loss.sigma_) ** 2 + np.log(loss.positive_share_)
    return Predictors(
        designs=(first.design, second.design),
        intercepts=(first.intercept.astype(np.float64), second.intercept + shift),
        levels=(first.levels, second.levels),
    )


def check_method(method: str) -> None:
    """Check that there is such a method.

    Raises
    ------
    SpecError
        If there is not.
    """
    if method not in METHODS:
        raise SpecError(f"A method is one of {', '.join(METHODS)}; got {method!r}.{hint(method, METHODS)}")


def question_of(cuts: Sequence[float], on: str, interval: float) -> Question:
    """Return what is asked, checked.

    Raises
    ------
    SpecError
        If cuts, on or interval are not as in `RiskModel.summary`.
    """
    if on not in ON:
        raise SpecError(f"Cuts are on expected_loss or p; got on={on!r}.{hint(on, ON)}")
    given = np.asarray(cuts, dtype=np.float64)
    if given.shape != (3,) or np.isnan(given).any() or (given < 0).any() or (np.diff(given) < 0).any():
        raise SpecError(
            f"Three cuts of 0 or more, not falling, are needed; got {list(cuts)}: give B, C and D one each."
        )
    if not 0 < interval < 1:
        raise SpecError(f"An interval has a probability between 0 and 1; got {interval}: write 0.9 for 90 %.")
    return Question(cuts=tuple(map(float, cuts)), on_p=on == "p", interval=interval)


def _from_posterior(
    model: "RiskModel", X: pd.DataFrame, question: Question, chunk: int
) -> NDArray[np.float32]:
    """Return the figures of models that the kernels do not know, draw by draw, some rows at a time."""
    out = np.empty((12, len(X)), dtype=np.float32)
    size = min(chunk, 4096)
    for start in range(0, len(X), size):
        posterior = model.posterior(X.iloc[start : start + size])
        here = slice(start, start + posterior.p.shape[1])
        graded = posterior.p if question.on_p else posterior.expected_loss
        above = [np.mean(graded >= np.float32(cut), axis=0) for cut in question.cuts]
        bounds = np.stack([np.ones_like(above[0]), *above, np.zeros_like(above[0])])
        out[:4, here] = bounds[:-1] - bounds[1:]
        for first, draws in ((4, posterior.p), (8, posterior.expected_loss)):
            out[first, here] = draws.mean(axis=0, dtype=np.float64)
            out[first + 1 : first + 4, here] = np.quantile(draws, question.levels, axis=0)
    return out
