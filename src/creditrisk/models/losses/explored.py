"""What ArviZ sees of a fitted loss model."""

from typing import Any

import numpy as np

from creditrisk.errors import FitError
from creditrisk.models import frames
from creditrisk.models.base import LinearEstimator
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.mixture import LossMixture

MOST_ROWS = 2000


class ExploredLosses(LinearEstimator):
    """A loss model whose fit can be looked at with ArviZ; only after `fit`, not after loading a file."""

    def to_datatree(self, *, random_state: int | np.random.Generator | None = None) -> Any:
        """Return the fit with ArviZ's standard groups.

        Parameters
        ----------
        random_state : int or numpy.random.Generator, optional
            Seed of the predictive losses; None is seed 0.

        Returns
        -------
        DataTree
            Groups ``posterior`` and ``sample_stats`` as the chains were drawn, of several families those of
            the one with the most draws; ``observed_data``, ``log_likelihood`` and ``posterior_predictive`` of
            at most 2000 training losses under the draws that the model keeps, as one chain.

        Raises
        ------
        FitError
            If there are no draws: the mode alone was computed, or the model comes from a file.
        """
        import xarray as xr

        tree, some, mixture = self._draws_and_losses()
        rng = np.random.default_rng(frames.seed_of(random_state))
        dims = ("chain", "draw", "row")
        log_density = mixture.log_densities(some.frame, some.loss).astype(np.float32)
        losses = mixture.sample_positive(some.frame, rng)
        found = xr.DataTree.from_dict(
            {
                "posterior": tree["posterior"].to_dataset(),
                "sample_stats": tree["sample_stats"].to_dataset(),
                "observed_data": xr.Dataset({"loss": ("row", some.loss), "weight": ("row", some.weight)}),
                "log_likelihood": xr.Dataset({"loss": (dims, log_density[None])}),
                "posterior_predictive": xr.Dataset({"loss": (dims, losses[None])}),
            }
        )
        found.attrs = {"rows": len(some.loss), "of_training_rows": self.status_.rows}
        return found

    def loo(self) -> Any:
        """Return the expected log predictive density of losses left out one by one, by PSIS.

        Returns
        -------
        ELPDData
            ArviZ's, with pointwise values and Pareto k, of at most 2000 training losses.

        Raises
        ------
        FitError
            If there are no draws.
        """
        from creditrisk.models._pymc.arviz_checks import leave_one_out

        _, some, mixture = self._draws_and_losses()
        log_density = mixture.log_densities(some.frame, some.loss)
        independent = (self.status_.ess or 1.0) / len(log_density) * (self.status_.weight_ess or 1.0)
        intercept = self.posterior_.intercept
        return leave_one_out(intercept, some.weight * log_density, min(independent, 1.0))

    def _draws_and_losses(self) -> tuple[Any, LossData, LossMixture]:
        if getattr(self, "tree_", None) is None or not hasattr(self, "losses_"):
            raise FitError(
                "There are no draws to look at: fit with Auto(), Surrogate() or Nuts(); Map() has only the "
                "mode, and model files keep no chains."
            )
        mixture = LossMixture(parts=self.parts_, positive_share=self.positive_share_)
        return self.tree_, self.losses_, mixture
