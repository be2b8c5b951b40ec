r"""The fast way: mean, variance and skewness of a row, then the whole answer in closed form.

With :math:`\eta = \mathrm{logit}\,p` and :math:`\mu` the log of the expected loss of a violation, the log of
the expected loss is :math:`Y = \log p + \mu`. Its cumulants follow from those of :math:`\eta` and
:math:`\mu`, which are independent because both models are fitted apart. Y and :math:`\eta` are then taken as
:math:`m + s\,(z + h(z^2 - 1))` with z standard normal and h from the skewness.
"""

import numpy as np
from numba import njit

from creditrisk.models.scoring.add_rows import WIDTH, add_rows
from creditrisk.models.scoring.arithmetic import QUICK, exp32, log32, normal_cdf32, quick
from creditrisk.models.scoring.moment_table import FIRST_FACTOR, GRID, MEAN, OWN, THIRD
from creditrisk.models.scoring.places import (
    add_names,
    add_pairs,
    log_scale,
    not_at_rest,
    share_of,
    to_cells,
)

BLOCK = 256
_F = np.float32
_ONE, _TWO, _HALF = _F(1), _F(2), _F(0.5)
_FAR, _NEAR = _F(2.8569700), _F(1.3556262)
_FAR_WEIGHT, _NEAR_WEIGHT, _MIDDLE_WEIGHT = _F(0.0112574), _F(0.2220759), _F(0.5333333)


@quick
def _means(first, slope, low, scale, cells, logs, numbers, count, rows):  # type: ignore[no-untyped-def]
    """Fill the place of each cell; return what lies between those places and the values."""
    mean = _F(0)
    for a in range(numbers):
        cell = np.uint32(cells[a])
        share = share_of(logs[a], low[cell], scale[cell])
        step = np.int32(share * _F(GRID) + _HALF)
        row = first[cell] + step
        rows[a] = row
        mean += (share - _F(step) * _F(1 / GRID)) * slope[np.uint32(row)]
    for a in range(numbers, count):
        rows[a] = first[np.uint32(cells[a])]
    return mean


@quick
def _predictor(table, low, scale, cells, logs, numbers, count, rows, total):  # type: ignore[no-untyped-def]
    """Return mean, variance and third cumulant of a row's predictor; `rows` and `total` are filled."""
    for f in range(WIDTH):
        total[f] = table.base[f]
    between = _F(0)
    if table.slope.shape[0]:
        between = _means(table.first, table.slope, low, scale, cells, logs, numbers, count, rows)
        add_rows(table.place, rows, count, total)
    else:
        add_rows(table.place, cells, count, total)
    variance = total[OWN]
    for f in range(FIRST_FACTOR, WIDTH):
        variance += total[f] * total[f]
    return between + total[MEAN], max(variance, _F(1e-12)), total[THIRD]


@quick
def _bend(third, variance):  # type: ignore[no-untyped-def]
    """Return h, which gives a quadratic of a normal the skewness of these cumulants, held within 0.9."""
    skew = third / (variance * np.sqrt(variance))
    h = min(max(skew, _F(-0.9)), _F(0.9)) * _F(1 / 6)
    return h + _F(5 / 3) * h * h * h


@quick
def _logistic(x):  # type: ignore[no-untyped-def]
    return _ONE / (_ONE + exp32(-x))


@njit(inline="always")
def _combine(m1, v1, k1, m2, v2, k2, mean, spread, bend):  # type: ignore[no-untyped-def]
    """Write mean, s and h of the log of the expected loss, by a second-order expansion of log p."""
    for i in range(BLOCK):
        m, v, k = m1[i], v1[i], k1[i]
        tail = exp32(-abs(m))
        small = tail / (_ONE + tail)
        q = _ONE - small if m < _F(0) else small
        g2 = -q * (_ONE - q)
        g3, g4 = g2 * (_TWO * q - _ONE), g2 * (_ONE + _F(6) * g2)
        log_p = min(m, _F(0)) - log32(_ONE + tail)
        mean[i] = log_p + m2[i] + g2 * v * _HALF + g3 * k * _F(1 / 6) + g4 * v * v * _F(0.125)
        linear = q * v
        total = q * linear + v2[i] + (_HALF * g2 * g2 + q * g3) * v * v + q * g2 * k
        total = max(total, _F(1e-12))
        h = _bend(q * q * q * k + k2[i] + _F(3) * g2 * linear * linear, total)
        bend[i] = h
        spread[i] = np.sqrt(total / (_ONE + _TWO * h * h))


@njit(inline="always")
def _shape(v1, k1, spread, bend):  # type: ignore[no-untyped-def]
    """Write s and h of logit p."""
    for i in range(BLOCK):
        h = _bend(k1[i], v1[i])
        bend[i] = h
        spread[i] = np.sqrt(v1[i] / (_ONE + _TWO * h * h))


@njit(inline="always")
def _below(mean, spread, bend, cut, out):  # type: ignore[no-untyped-def]
    """Write the probability of being below a cut."""
    for i in range(BLOCK):
        h = bend[i]
        x = (cut - mean[i]) / spread[i] + h
        out[i] = normal_cdf32(_TWO * x / (_ONE + np.sqrt(max(_ONE + _F(4) * h * x, _F(0)))))


@njit(inline="always")
def _mean_p(m1, spread, bend, out):  # type: ignore[no-untyped-def]
    """Write the mean of p by five nodes of Gauss and Hermite."""
    far, near = _FAR * _FAR - _ONE, _NEAR * _NEAR - _ONE
    for i in range(BLOCK):
        m, s, h = m1[i], spread[i], bend[i]
        total = _MIDDLE_WEIGHT * _logistic(m - s * h)
        total += _NEAR_WEIGHT * (
            _logistic(m + s * (h * near + _NEAR)) + _logistic(m + s * (h * near - _NEAR))
        )
        out[i] = total + _FAR_WEIGHT * (
            _logistic(m + s * (h * far + _FAR)) + _logistic(m + s * (h * far - _FAR))
        )


@njit(inline="always")
def _mean_loss(mean, spread, bend, out):  # type: ignore[no-untyped-def]
    """Write the mean of the exponential."""
    for i in range(BLOCK):
        s, h = spread[i], bend[i]
        left = max(_ONE - _TWO * s * h, _F(0.2))
        out[i] = exp32(mean[i] - s * h + _HALF * (s * s / left - log32(left)))


@njit(inline="always")
def _quantile(mean, spread, bend, z, out):  # type: ignore[no-untyped-def]
    """Write the quantile of the quadratic of a normal that belongs to z."""
    for i in range(BLOCK):
        out[i] = mean[i] + spread[i] * (z + bend[i] * (z * z - _ONE))


@njit(nogil=True, cache=True, fastmath=QUICK, error_model="numpy")
def _finish(moments, cuts, on_p, z, answer):  # type: ignore[no-untyped-def]
    """Write the answers of a block, all of it, so that a row's neighbours change nothing."""
    work = np.empty((18, BLOCK), dtype=np.float32)  # its own, so that the compiler knows that no rows overlap
    m1, v1, k1, m2, v2, k2 = work[0], work[1], work[2], work[3], work[4], work[5]
    mean, spread, bend, spread_p, bend_p = work[6], work[7], work[8], work[9], work[10]
    at, by, curve = work[11], work[12], work[13]
    for f in range(6):
        work[f] = moments[f]
    _combine(m1, v1, k1, m2, v2, k2, mean, spread, bend)
    _shape(v1, k1, spread_p, bend_p)
    for i in range(BLOCK):
        at[i], by[i], curve[i] = mean[i], spread[i], bend[i]
    if on_p:
        for i in range(BLOCK):
            at[i], by[i], curve[i] = m1[i], spread_p[i], bend_p[i]
    for c in range(3):
        _below(at, by, curve, cuts[c], work[14])
        answer[c] = work[14]
    _mean_p(m1, spread_p, bend_p, work[14])
    _mean_loss(mean, spread, bend, work[15])
    answer[4], answer[8] = work[14], work[15]
    for n in range(3):
        _quantile(m1, spread_p, bend_p, z[n], work[14])
        _quantile(mean, spread, bend, z[n], work[15])
        for i in range(BLOCK):
            work[16, i], work[17, i] = _logistic(work[14, i]), exp32(work[15, i])
        answer[5 + n], answer[9 + n] = work[16], work[17]
    for i in range(BLOCK):
        below, to_c, to_d = answer[0, i], answer[1, i], answer[2, i]
        answer[1, i], answer[2, i], answer[3, i] = to_c - below, to_d - to_c, _ONE - to_d


@njit(nogil=True, cache=True, fastmath=QUICK, error_model="numpy")
def summarise_by_moments(values, names, lookup, violation, loss, cuts, on_p, z, out):  # type: ignore[no-untyped-def]
    """Fill `out`, twelve figures of every row, block by block."""
    rows, columns = values.shape
    edges, first, missing, zero, rest, _, low, scale, pair_columns, band, pair_cell, base = lookup
    low_p, low_l, scale_p, scale_l = low[0], low[1], scale[0], scale[1]
    texts, pairs = names.shape[1], pair_columns.shape[0]
    room = columns + texts + pairs + 17
    cells, here = np.empty(room, dtype=np.int32), np.zeros(columns + texts, dtype=np.int32)
    found, logs = np.zeros(room, dtype=values.dtype), np.zeros(room, dtype=np.float32)
    at, total = np.empty(room, dtype=np.int32), np.empty(WIDTH, dtype=np.float32)
    moments = np.ones((6, BLOCK), dtype=np.float32)
    answer = np.empty((12, BLOCK), dtype=np.float32)
    for start in range(0, rows, BLOCK):
        stop = min(rows, start + BLOCK)
        for i in range(start, stop):
            b = i - start
            if pairs:
                here[:columns] = zero
            numbers = not_at_rest(values[i], rest, cells, found)
            log_scale(found, numbers, logs)
            to_cells(found, numbers, edges, first, missing, here, cells)
            count = add_names(names[i], first, here, cells, numbers)
            count = add_pairs(pair_columns, band, pair_cell, base, here, cells, count)
            moments[0, b], moments[1, b], moments[2, b] = _predictor(
                violation, low_p, scale_p, cells, logs, numbers, count, at, total
            )
            moments[3, b], moments[4, b], moments[5, b] = _predictor(
                loss, low_l, scale_l, cells, logs, numbers, count, at, total
            )
        _finish(moments, cuts, on_p, z, answer)
        for f in range(12):
            out[f, start:stop] = answer[f, : stop - start]
