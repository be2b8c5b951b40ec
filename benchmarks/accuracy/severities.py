"""What the peers think a violation costs, learned from the positive amounts."""

import numpy as np
from sklearn.linear_model import Ridge

from benchmarks.accuracy.peers.boosted import boosted_amounts
from benchmarks.accuracy.task import Floats, Task


def severities(task: Task, amount: Floats) -> dict[str, Floats]:
    """Return each peer's typical amount of the test rows, learned from the positive amounts.

    Parameters
    ----------
    task : Task
        Data and split.
    amount : ndarray, (rows,)
        Money; 0 where nothing happened.

    Returns
    -------
    dict of str to ndarray
        By the name of the peer whose probabilities it goes with.
    """
    positive = task.train & (amount > 0)
    logs = np.log(np.where(amount > 0, amount, 1.0))
    ridge = Ridge(1.0).fit(task.matrix[positive], logs[positive]).predict(task.matrix[task.test])
    boosted = boosted_amounts(task, positive, logs)
    return {"logreg": np.exp(ridge), "lgbm_200x0.05": np.exp(boosted)}
