"""What a model says of the losses of the test rows, and how well that fits what they were."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from benchmarks.accuracy.measures import money_in_first
from benchmarks.accuracy.task import Floats, Task

COVERAGE = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class Amounts:
    """A data set with its amounts.

    Parameters
    ----------
    task : Task
        Features and split.
    amount : ndarray, (rows,)
        Money; 0 where nothing happened.
    """

    task: Task
    amount: Floats

    @property
    def train(self) -> NDArray[np.bool_]:
        """Training rows with an amount above 0."""
        return self.task.train & (self.amount > 0)

    @property
    def positive(self) -> NDArray[np.bool_]:
        """Which of the test rows have an amount above 0."""
        found: NDArray[np.bool_] = self.amount[self.task.test] > 0
        return found

    @property
    def logs(self) -> Floats:
        """Logarithm of the amounts; 0 where there is none."""
        return np.log(np.where(self.amount > 0, self.amount, 1.0))

    @property
    def losses(self) -> Floats:
        """Positive amounts of the test rows."""
        return self.amount[self.task.test][self.positive]


@dataclass(frozen=True, kw_only=True, eq=False)
class Predicted:
    """Predictive distributions of the positive losses, and the expected loss of every test row.

    Parameters
    ----------
    log_density : ndarray, (positive test rows,)
        Of the loss itself, at what it was: the same measure for every model.
    log_mean : ndarray, (positive test rows,)
        Mean of the logarithm of the loss.
    lower, upper : ndarray, (positive test rows,)
        Ends of the equal-tailed 90 % interval.
    expected : ndarray, (test rows,)
        Probability times loss, for the order only.
    """

    log_density: Floats
    log_mean: Floats
    lower: Floats
    upper: Floats
    expected: Floats

    @classmethod
    def log_normal(cls, data: Amounts, location: Floats, spread: float, p: Floats) -> "Predicted":
        """Return a log-normal with these locations of all test rows and one spread."""
        there = location[data.positive]
        logs = np.log(data.losses)
        reach = spread * norm.ppf(0.5 + COVERAGE / 2)
        return cls(
            log_density=norm.logpdf(logs, there, spread) - logs,
            log_mean=there,
            lower=np.exp(there - reach),
            upper=np.exp(there + reach),
            expected=p * np.exp(location),
        )


def severity_figures(data: Amounts, predicted: Predicted) -> dict[str, float]:
    """Return the figures of one model.

    Parameters
    ----------
    data : Amounts
        What the losses were.
    predicted : Predicted
        What the model said.

    Returns
    -------
    dict of str to float
        `log_score` (mean log-density; high is good), `rmse_log`, `coverage_90`, and the shares of the money
        in the tenth and the half of the test rows with the highest expected loss.
    """
    inside = (data.losses >= predicted.lower) & (data.losses <= predicted.upper)
    money = data.amount[data.task.test]
    return {
        "log_score": float(predicted.log_density.mean()),
        "rmse_log": float(np.sqrt(np.mean((np.log(data.losses) - predicted.log_mean) ** 2))),
        "coverage_90": float(inside.mean()),
        "money_top_tenth": money_in_first(0.1, money, predicted.expected),
        "money_first_half": money_in_first(0.5, money, predicted.expected),
    }
