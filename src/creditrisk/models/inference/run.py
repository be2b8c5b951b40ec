"""The main flow of inference: mode, surrogate, PSIS, and the exact posterior where PSIS says so."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import OrderedTerm
from creditrisk.models.elicited.means import told_means
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.draws import Fit, checked, from_tree, mode_only
from creditrisk.models.inference.engines import Auto, Engine, Map, Nuts
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.moments import Moments
from creditrisk.models.inference.past import RowsAndPast
from creditrisk.models.inference.status import FitState
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
Rows = BinomialRows | StretchedRows | RowsAndPast

_AVERAGES = 3
_AVERAGED_ROWS = 2_000_000
_WEIGHED_ROWS = 100_000


def fit_binomial(rows: Rows, mode: Expansion, priors: Priors, engine: Engine | Map, seed: int) -> Fit:
    """Return draws of the coefficients of a violation model.

    Parameters
    ----------
    rows : BinomialRows, StretchedRows or RowsAndPast
        Training rows.
    mode : Expansion
        Of their log-likelihood, at the mode.
    priors : Priors
        Prior scales.
    engine : Engine or Map
        How to compute.
    seed : int
        Seed of every random number used.

    Returns
    -------
    Fit
        Draws and status.

    Raises
    ------
    FitError
        If the checks fail and the engine says ``on_failure="raise"``.
    """
    if isinstance(engine, Map):
        return mode_only(rows.design, mode.at, rows.n_rows, rows.weight)
    if isinstance(engine, Nuts):
        fit = _exact(rows, priors, engine, seed, mode)
    else:
        fit = _surrogate(rows, priors, engine, seed, mode)
        if isinstance(engine, Auto):
            fit = _improve(fit, rows, priors, engine, seed)
    return checked(fit, engine)


def fit_gaussian(moments: Moments, priors: Priors, engine: Engine | Map, seed: int) -> Fit:
    """Return draws of the coefficients and sigma of a log-normal model; exact at any number of rows.

    Parameters
    ----------
    moments : Moments
        Sums over the training rows.
    priors : Priors
        Prior scales.
    engine : Engine or Map
        How to compute; `Surrogate` and `Auto` are exact here.
    seed : int
        Seed of every random number used.

    Returns
    -------
    Fit
        Draws and status.

    Raises
    ------
    FitError
        If the checks fail and the engine says ``on_failure="raise"``.
    """
    mode = find_mode(moments, priors)
    if isinstance(engine, Map):
        fit = mode_only(moments.design, mode.at, round(moments.weight), moments.weight)
        return replace(fit, hyper=fit.hyper | {"sigma": np.sqrt([moments.variance])})
    tree = _gaussian_draws(moments, mode, priors, engine, seed)
    fit = from_tree(tree, engine, None, round(moments.weight), moments.weight)
    return checked(fit, engine)


def _gaussian_draws(moments: Moments, mode: Expansion, priors: Priors, engine: Engine, seed: int) -> Any:
    if is_by_gibbs(moments.design, priors, engine):
        from creditrisk.models.gibbs.law import law_of
        from creditrisk.models.gibbs.quadratic import Quadratic
        from creditrisk.models.gibbs.tree import gibbs_tree

        law = law_of(moments.design, priors, anchor=moments.mean)
        likelihood = Quadratic.of_moments(moments, mode.at)
        return gibbs_tree(likelihood, law, engine, seed, moments.design)
    from creditrisk.models._pymc.graph import gaussian_graph
    from creditrisk.models._pymc.sample import sample_adapted

    return sample_adapted(gaussian_graph(moments, priors, mode), engine, seed)


def is_by_gibbs(design: Design, priors: Priors, engine: Engine) -> bool:
    """Return whether Gibbs moves are asked for and know the priors: none of a points table's increments."""
    return engine.sampler == "gibbs" and not told_means(design, priors.table)[1].any()


def _exact(rows: Rows, priors: Priors, engine: Engine, seed: int, mode: Expansion) -> Fit:
    from creditrisk.models._pymc.graph import exact_graph

    tree = _nuts(exact_graph(rows, priors, mode), rows.design, engine, seed)
    return from_tree(tree, engine, None, rows.n_rows, rows.weight)


def _surrogate(rows: Rows, priors: Priors, engine: Engine, seed: int, expansion: Expansion) -> Fit:
    from creditrisk.models.inference.diagnostics import flat, smoothed_weights

    tree = _quadratic_draws(rows.design, priors, engine, seed, expansion)
    theta = flat(tree, "theta")
    weighed = smoothed_weights(log_ratios(rows, expansion, theta))
    return from_tree(tree, engine, weighed, rows.n_rows, rows.weight)


def _quadratic_draws(design: Design, priors: Priors, engine: Engine, seed: int, expansion: Expansion) -> Any:
    if is_by_gibbs(design, priors, engine):
        from creditrisk.models.gibbs.law import law_of
        from creditrisk.models.gibbs.quadratic import Quadratic
        from creditrisk.models.gibbs.tree import gibbs_tree

        return gibbs_tree(Quadratic.of(expansion), law_of(design, priors), engine, seed, design)
    from creditrisk.models._pymc.graph import surrogate_graph

    return _nuts(surrogate_graph(design, priors, expansion), design, engine, seed)


def _nuts(model: Any, design: Design, engine: Engine, seed: int) -> Any:
    """Sample: in whitened coordinates unless effects without a direction make a funnel of their scale."""
    from creditrisk.models._pymc.sample import sample, sample_adapted

    free = any(
        isinstance(term, OrderedTerm) and term.n_steps > 0 and term.direction == "either"
        for term in design.terms
    )
    return (sample_adapted if free else sample)(model, engine, seed)


def _improve(fit: Fit, rows: Rows, priors: Priors, engine: Auto, seed: int) -> Fit:
    """Where PSIS rejects the surrogate, average the expansion over its draws; go exact if it still does.

    In many hundred dimensions PSIS rejects even good approximations; where exact draws would take hours, the
    averaged surrogate is returned as it is, without weights of a few draws.
    """
    for _ in range(_AVERAGES):
        if engine.accepts(fit.status.k_hat):
            return fit
        fit = _surrogate(rows, priors, engine, seed, averaged(rows, _unweighted(fit)))
    if engine.accepts(fit.status.k_hat):
        return fit
    if rows.n_rows * len(rows.design.terms) * rows.design.n_coefficients <= engine.exact_work:
        return _exact(rows, priors, engine, seed, rows.expand(_unweighted(fit).mean(axis=0)))
    plain = from_tree(fit.tree, engine, None, rows.n_rows, rows.weight)
    if plain.status.ok:
        status = replace(plain.status, state=FitState.SURROGATE_AVERAGED, k_hat=fit.status.k_hat)
        return replace(plain, status=status)
    return plain


def averaged(rows: Rows, thetas: Floats) -> Expansion:
    r"""Return the expansion that a posterior of draws sees on average, at their mean.

    Its gradient and curvature are the means of the likelihood's own over the draws: the best quadratic in the
    sense of variational Bayes (Opper & Archambeau 2009), which takes into account how far the posterior
    reaches, where an expansion at one point knows only that point.

    Parameters
    ----------
    rows : BinomialRows, StretchedRows or RowsAndPast
        Training rows.
    thetas : ndarray of shape (draws, coefficients)
        Of an earlier surrogate; as many are used as a few million rows allow.

    Returns
    -------
    Expansion
        The value is the likelihood's at the mean.
    """
    number = int(np.clip(_AVERAGED_ROWS // max(rows.n_rows, 1), 25, 250))
    some = thetas[np.linspace(0, len(thetas) - 1, min(number, len(thetas))).astype(int)]
    centre = thetas.mean(axis=0)
    gradient, hessian = np.zeros(len(centre)), np.zeros((len(centre), len(centre)))
    for theta in some:
        found = rows.expand(theta)
        gradient += found.gradient / len(some)
        hessian += found.hessian / len(some)
    return Expansion(at=centre, value=float(rows.values(centre)[0]), gradient=gradient, hessian=hessian)


def log_ratios(rows: Rows, surrogate: Expansion, thetas: Floats) -> Floats:
    r"""Return the exact log-likelihood less the surrogate's at every draw, but for a constant.

    Of very many rows only some are read: with the expansion T of all rows at the surrogate's centre, and the
    expansion t of every k-th row,

    .. math:: \ell(\theta) - Q(\theta) \approx k\,[\ell_k(\theta) - t(\theta)] + T(\theta) - Q(\theta),

    whose error is that of a sample of third-order remainders, far smaller than the ratios
    themselves (Quiroz et al. 2019).

    Parameters
    ----------
    rows : BinomialRows, StretchedRows or RowsAndPast
        Training rows.
    surrogate : Expansion
        Q, from which the draws are.
    thetas : ndarray of shape (draws, coefficients)
        The draws.

    Returns
    -------
    ndarray of shape (draws,)
        Log-ratios.
    """
    if rows.n_rows <= 2 * _WEIGHED_ROWS:
        return rows.values(thetas) - surrogate.values(thetas)
    some = rows.thinned(_WEIGHED_ROWS)
    remainder = some.values(thetas) - some.expand(surrogate.at).values(thetas)
    return remainder + rows.expand(surrogate.at).values(thetas) - surrogate.values(thetas)


def _unweighted(fit: Fit) -> Floats:
    from creditrisk.models.inference.diagnostics import flat

    return flat(fit.tree, "theta")
