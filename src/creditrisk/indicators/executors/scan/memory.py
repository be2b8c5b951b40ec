"""Bytes at an address, read by compiled functions.

A compiled function that takes an array counts a reference to it, for all threads together. Where that would
be done once a text, its address is passed instead; whoever passes it keeps the array alive.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


@intrinsic
def byte_at(typing_context, address):  # type: ignore[no-untyped-def]
    """Return the byte at an address."""
    return types.uint64(types.uint64), _load(8)


@intrinsic
def word_at(typing_context, address):  # type: ignore[no-untyped-def]
    """Return eight bytes at an address, which need not be a multiple of anything, as one number."""
    return types.uint64(types.uint64), _load(64)


def _load(bits: int) -> Any:
    def codegen(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        place = builder.inttoptr(arguments[0], ir.IntType(bits).as_pointer())
        return builder.zext(builder.load(place, align=1), ir.IntType(64))

    return codegen
