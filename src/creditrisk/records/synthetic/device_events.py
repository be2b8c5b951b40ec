"""What happens to devices (特种设备), as it is recorded."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Array, Days, later
from creditrisk.records.synthetic.world import World


def devices_of(world: World) -> dict[str, Array]:
    """Return the devices so far, by column."""
    devices = world.log.columns("device")
    if devices is None:
        raise AssertionError("devices are recorded before what happens to them")
    return devices


def add_events(
    world: World,
    rng: np.random.Generator,
    kind: str,
    entity: Array,
    device: NDArray[np.int64],
    day: Days,
    **own: Array,
) -> None:
    """Add events of one kind, of the units that use the devices or keep them up."""
    size = len(device)
    nothing: dict[str, Array] = {
        "passed": np.full(size, np.nan),
        "next_due_on": np.full(size, NEVER),
        "score": np.full(size, np.nan),
        "rescue_minutes": np.full(size, np.nan),
        "worker_id": np.full(size, -1),
    }
    known = later(rng, day, 0, 15)
    said = nothing | own
    world.log.add("device_event", entity, day, known, device_id=device, kind=np.full(size, kind), **said)
