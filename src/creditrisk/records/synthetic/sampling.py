"""Product tests (监督抽检), and the tests that repeat those that failed (复查)."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import Array, Days, days, later
from creditrisk.records.synthetic.matters import Matter, draw_fields
from creditrisk.records.synthetic.world import Habit, World

SAMPLING = Habit(name="sampling_test", rate=0.28, load=0.0, silent=0.4)
SAMPLED = Matter(
    own=8.0, anyone={"food": 0.6, "industrial_product": 1.4}, apart=("special_equipment", "advertising")
)

_PRODUCTS = {
    "food": ("糕点", "食用油", "肉制品", "饮料", "蔬菜"),
    "drug": ("片剂", "胶囊", "中药饮片"),
    "medical_device": ("体温计", "血压计", "医用口罩"),
    "industrial_product": ("服装", "小家电", "玩具", "车用汽油", "电线电缆"),
}
_FAILED_ITEMS = {
    "food": ("标签", "食品添加剂", "微生物"),
    "drug": ("含量测定", "装量差异"),
    "medical_device": ("电气安全", "标识"),
    "industrial_product": ("标识", "材料", "电气安全"),
}
_LEVELS = np.array(["national", "provincial", "municipal", "county"])
_LABORATORIES = np.array(["institute 1", "institute 2", "institute 3"])
_SERIOUS, _REPEATED = 0.35, 0.7


def record_sampling(world: World, year: int) -> None:
    """Add product tests; they fail more often where the tendency is high, and again where it is very high."""
    rng = world.streams("sampling_test", year)
    entity = world.happenings(SAMPLING, year)
    occurred = days(rng, year, len(entity), start=(1, 10), end=(9, 25))
    field = draw_fields(world, world.streams("sampling_test field", year), SAMPLED, entity)
    product = _one_of(world.streams("sampling_test product", year), _PRODUCTS, field)
    failed = rng.random(len(entity)) < 1 / (1 + np.exp(2.3 - 0.7 * world.people.tendency[entity]))
    first = np.full(len(entity), -1)
    rows = _add(world, rng, entity, occurred, field=field, product=product, failed=failed, retest_of=first)
    again = failed & (rows >= 0) & (rng.random(len(entity)) < _REPEATED)
    entity, repeated = entity[again], later(rng, occurred[again], 40, 90)
    failed = rng.random(len(entity)) < 1 / (1 + np.exp(1.5 - 0.7 * world.people.tendency[entity]))
    said = {"field": field[again], "product": product[again], "failed": failed, "retest_of": rows[again]}
    _add(world, rng, entity, repeated, **said)


def _add(
    world: World, rng: np.random.Generator, entity: Array, occurred: Days, **own: Array
) -> NDArray[np.int64]:
    size, failed = len(entity), own["failed"]
    items = _one_of(rng, _FAILED_ITEMS, own["field"]).astype(object)
    items[~failed] = None
    return world.log.add(
        "sampling_test",
        entity,
        occurred,
        later(rng, occurred, 15, 60),
        level=rng.choice(_LEVELS, size, p=[0.05, 0.2, 0.35, 0.4]),
        batch=np.char.mod("batch %06d", rng.integers(0, 10**6, size)),
        laboratory=rng.choice(_LABORATORIES, size),
        serious=failed & (rng.random(size) < _SERIOUS),
        failed_items=items,
        **own,
    )


def _one_of(rng: np.random.Generator, choices: dict[str, tuple[str, ...]], field: Array) -> NDArray[np.str_]:
    """Draw one of the words of each record's area."""
    draws = rng.random(len(field))
    words = np.full(len(field), "", dtype="U12")
    for name, options in choices.items():
        chosen = field == name
        words[chosen] = np.array(options)[(draws[chosen] * len(options)).astype(np.int64)]
    return words
