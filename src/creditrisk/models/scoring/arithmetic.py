"""Single-precision functions without branches, which the compiler can run on many rows or draws at once."""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

QUICK = {"contract", "reassoc", "nsz", "arcp"}  # infinities and missing values keep their meaning
quick = njit(fastmath=QUICK, error_model="numpy")

_F = np.float32
_LOG2_E = _F(1.4426950408889634)
_LN_2 = _F(0.6931471805599453)
_HALF = _F(0.5)
_ONE = _F(1.0)
_SQRT_HALF = _F(0.7071067811865476)
_MOST = _F(87.0)


@intrinsic
def float_bits(typing_context, value):  # type: ignore[no-untyped-def]
    """Return the bits of a single-precision number as an int32; in the order of the numbers, from 0 on."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.int32(types.float32), generate


@intrinsic
def bits_float(typing_context, bits):  # type: ignore[no-untyped-def]
    """Return the single-precision number of these bits."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


@quick
def exp32(x):  # type: ignore[no-untyped-def]
    """Return e to the x, to a relative 3e-7; x is held between -87 and 87."""
    x = min(max(x, -_MOST), _MOST)
    whole = np.floor(x * _LOG2_E + _HALF)
    f = (x - whole * _F(0.693359375)) + whole * _F(2.12194440e-4)
    p = _F(1 / 120) + f * _F(1 / 720)
    p = _F(1 / 24) + f * p
    p = _F(1 / 6) + f * p
    p = _HALF + f * p
    p = _ONE + f * (_ONE + f * p)
    return p * bits_float((np.int32(whole) + np.int32(127)) << np.int32(23))


@quick
def log32(x):  # type: ignore[no-untyped-def]
    """Return the logarithm of a positive normal number, to 1e-7 absolute or relative."""
    bits = float_bits(x)
    shift = (bits - np.int32(0x3F3504F3)) >> np.int32(23)
    f = bits_float(bits - (shift << np.int32(23))) - _ONE
    z = f * f
    p = _F(-1.1514610310e-1) + f * _F(7.0376836292e-2)
    p = _F(1.1676998740e-1) + f * p
    p = _F(-1.2420140846e-1) + f * p
    p = _F(1.4249322787e-1) + f * p
    p = _F(-1.6668057665e-1) + f * p
    p = _F(2.0000714765e-1) + f * p
    p = _F(-2.4999993993e-1) + f * p
    p = _F(3.3333331174e-1) + f * p
    return _F(shift) * _LN_2 + (f + (f * z * p - _HALF * z))


@quick
def normal_cdf32(z):  # type: ignore[no-untyped-def]
    """Return the standard normal distribution function, to 2e-7."""
    a = abs(z) * _SQRT_HALF
    t = _ONE / (_ONE + _F(0.3275911) * a)
    p = _F(-1.453152027) + t * _F(1.061405429)
    p = _F(1.421413741) + t * p
    p = _F(-0.284496736) + t * p
    p = t * (_F(0.254829592) + t * p)
    tail = _HALF * p * exp32(-a * a)
    return tail if z < _F(0.0) else _ONE - tail
