"""Passes over the rows, each summed up part by part: the same numbers for any number of threads.

A row lies, for each term j, at level ``codes[i, j]`` with a share of the next one; `v` holds the intercept
and the values of all levels, `offset` what is added to a row's predictor without a coefficient.
"""

import numpy as np
from numba import njit, prange

PARTS = 4
_BLOCK = 2048


@njit(cache=True, inline="always")
def _predictor(codes, share, i, v, offset):  # type: ignore[no-untyped-def]
    e = v[0] + offset[i]
    for j in range(codes.shape[1]):
        c = codes[i, j] + 1
        w = share[i, j]
        e += v[c] if w == 0 else (1.0 - w) * v[c] + w * v[c + 1]
    return e


@njit(cache=True, inline="always")
def _active(codes, share, i, at, x):  # type: ignore[no-untyped-def]
    """Write the columns of a row that are not zero, and their values; return how many."""
    at[0] = 0
    x[0] = 1.0
    k = 1
    for j in range(codes.shape[1]):
        c = codes[i, j]
        w = float(share[i, j])
        at[k] = c + 1
        x[k] = 1.0 - w
        k += 1
        if w > 0:
            at[k] = c + 2
            x[k] = w
            k += 1
    return k


@njit(parallel=True, cache=True)
def values(codes, share, offset, n, y, alpha, levels):  # type: ignore[no-untyped-def]
    """Log-likelihood of every draw; alpha (draws,), levels (levels, draws)."""
    draws = len(alpha)
    blocks = (len(n) + _BLOCK - 1) // _BLOCK
    part = np.zeros((blocks, draws))
    for b in prange(blocks):
        e = np.empty(draws)
        for i in range(b * _BLOCK, min((b + 1) * _BLOCK, len(n))):
            e[:] = alpha + offset[i]
            for j in range(codes.shape[1]):
                c = codes[i, j]
                w = share[i, j]
                if w == 0:
                    e += levels[c]
                else:
                    e += (1 - w) * levels[c] + w * levels[c + 1]
            for s in range(draws):
                part[b, s] += y[i] * e[s] - n[i] * (np.log1p(np.exp(-abs(e[s]))) + max(e[s], 0.0))
    return part.sum(axis=0)


@njit(parallel=True, cache=True)
def predictors(codes, share, offset, v):  # type: ignore[no-untyped-def]
    """The predictor of every row."""
    e = np.empty(len(offset))
    for i in prange(len(offset)):
        e[i] = _predictor(codes, share, i, v, offset)
    return e


@njit(parallel=True, cache=True)
def slope(codes, share, offset, n, y, v):  # type: ignore[no-untyped-def]
    """Value and gradient in v."""
    value = np.zeros(PARTS)
    gradient = np.zeros((PARTS, len(v)))
    for part in prange(PARTS):
        own = gradient[part]
        for i in range(part * len(n) // PARTS, (part + 1) * len(n) // PARTS):
            e = _predictor(codes, share, i, v, offset)
            t = np.exp(-abs(e))
            p = 1 / (1 + t) if e > 0 else t / (1 + t)
            value[part] += y[i] * e - n[i] * (np.log1p(t) + max(e, 0.0))
            r = y[i] - n[i] * p
            own[0] += r
            for j in range(codes.shape[1]):
                c = codes[i, j] + 1
                w = share[i, j]
                own[c] += r * (1.0 - w)
                if w > 0:
                    own[c + 1] += r * w
    return value.sum(), gradient.sum(axis=0)


@njit(parallel=True, cache=True)
def derivatives(codes, share, offset, n, y, v):  # type: ignore[no-untyped-def]
    """Value, gradient and the upper half of minus the Hessian in v."""
    m = len(v)
    value = np.zeros(PARTS)
    gradient = np.zeros((PARTS, m))
    hessian = np.zeros((PARTS, m, m))
    for part in prange(PARTS):
        at = np.empty(2 * codes.shape[1] + 1, dtype=np.int64)
        x = np.empty(2 * codes.shape[1] + 1)
        for i in range(part * len(n) // PARTS, (part + 1) * len(n) // PARTS):
            e = _predictor(codes, share, i, v, offset)
            k = _active(codes, share, i, at, x)
            t = np.exp(-abs(e))
            p = 1 / (1 + t) if e > 0 else t / (1 + t)
            value[part] += y[i] * e - n[i] * (np.log1p(t) + max(e, 0.0))
            r = y[i] - n[i] * p
            weight = n[i] * t / (1 + t) ** 2
            for a in range(k):
                gradient[part, at[a]] += r * x[a]
                row = hessian[part, at[a]]
                wx = weight * x[a]
                for b in range(a, k):
                    row[at[b]] += wx * x[b]
    return value.sum(), gradient.sum(axis=0), hessian.sum(axis=0)


@njit(parallel=True, cache=True)
def score_products(codes, share, residual, starts, m):  # type: ignore[no-untyped-def]
    """Sum over clusters of the outer products of their scores; cluster c begins at row ``starts[c]``."""
    clusters = len(starts) - 1
    products = np.zeros((PARTS, m, m))
    for part in prange(PARTS):
        at = np.empty(2 * codes.shape[1] + 1, dtype=np.int64)
        x = np.empty(2 * codes.shape[1] + 1)
        score = np.zeros(m)
        last = np.full(m, -1)
        touched = np.empty(m, dtype=np.int64)
        own = products[part]
        for cluster in range(part * clusters // PARTS, (part + 1) * clusters // PARTS):
            count = 0
            for i in range(starts[cluster], starts[cluster + 1]):
                k = _active(codes, share, i, at, x)
                for a in range(k):
                    if last[at[a]] != cluster:
                        last[at[a]] = cluster
                        score[at[a]] = 0.0
                        touched[count] = at[a]
                        count += 1
                    score[at[a]] += residual[i] * x[a]
            for a in range(count):
                for b in range(count):
                    own[touched[a], touched[b]] += score[touched[a]] * score[touched[b]]
    return products.sum(axis=0)
