"""Sums of rows of a table held in registers, which the compiler of Numba does not find by itself."""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.errors import TypingError
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

WIDTH = 32
_WHOLE = ir.IntType(64)
_VECTOR = ir.VectorType(ir.FloatType(), WIDTH)


@intrinsic
def add_rows(typing_context, table, rows, count, total):  # type: ignore[no-untyped-def]
    """Add the first `count` of `rows` of a table of `WIDTH` columns to `total`, in their order.

    All are contiguous: float32, int32 from 0 on, float32 of `WIDTH`.
    """
    wanted = (types.Array(types.float32, 2, "C"), types.Array(types.int32, 1, "C"))
    if (table, rows) != wanted or total != types.Array(types.float32, 1, "C"):
        raise TypingError(f"Rows of float32 are added by int32; got {table}, {rows} and {total}.")

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        data, places, out = (
            make_array(signature.args[n])(context, builder, arguments[n]).data for n in (0, 1, 3)
        )
        total_at = builder.bitcast(out, _VECTOR.as_pointer())
        held = cgutils.alloca_once(builder, _VECTOR)
        builder.store(builder.load(total_at, align=4), held)
        with cgutils.for_range(builder, arguments[2]) as loop:
            row = builder.zext(builder.load(builder.gep(places, [loop.index])), _WHOLE)
            start = builder.gep(data, [builder.mul(row, _WHOLE(WIDTH))])
            own = builder.load(builder.bitcast(start, _VECTOR.as_pointer()), align=4)
            builder.store(builder.fadd(builder.load(held), own), held)
        builder.store(builder.load(held), total_at, align=4)
        return context.get_dummy_value()

    return types.void(table, rows, types.int64, total), generate
