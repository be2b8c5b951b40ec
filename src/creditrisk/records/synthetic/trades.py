"""What entities deal in: the area of supervision (监管领域) of their trade, devices, upkeep, online shops."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.population import SECTORS, Population
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.tables.columns import FIELDS

FIELD_NAMES = np.array(FIELDS)

_BY_SECTOR = {"H": "food", "F": "food", "C": "industrial_product"}
_BY_INDUSTRY = {
    "C1411": "food",
    "C2720": "drug",
    "C3435": "special_equipment",
    "C3581": "medical_device",
    "F5251": "drug",
    "F5254": "medical_device",
}
_DEVICE_SHARES = {"C": 0.3, "H": 0.15, "K": 0.5, "R": 0.4, "L": 0.08, "E": 0.15, "O": 0.05}
_SHOP_SHARES = {"F": 0.35, "H": 0.25, "I": 0.3, "C": 0.08, "R": 0.1}
_UPKEEP_SHARES = {"O": 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trades:
    """The trade of each entity by position.

    Parameters
    ----------
    field : array of int, shape (n,)
        Position in `FIELD_NAMES` of the area that its trade belongs to; of ``"other"`` if to none.
    does_upkeep : array of bool, shape (n,)
        Keeps up the elevators of others.
    uses_devices : array of bool, shape (n,)
        Uses special equipment.
    runs_shop : array of bool, shape (n,)
        Sells online.
    """

    field: NDArray[np.int64]
    does_upkeep: NDArray[np.bool_]
    uses_devices: NDArray[np.bool_]
    runs_shop: NDArray[np.bool_]

    def among(self, *fields: str) -> NDArray[np.bool_]:
        """Return which entities have a trade of one of these areas."""
        return np.isin(FIELD_NAMES, fields)[self.field]


def draw_trades(streams: Streams, people: Population) -> Trades:
    """Draw what the entities deal in; the area follows from the industry.

    Parameters
    ----------
    streams : Streams
        Where the random numbers come from.
    people : Population
        The entities.

    Returns
    -------
    Trades
        Their trades.
    """

    def some(what: str, shares: dict[str, float]) -> NDArray[np.bool_]:
        of_sector = np.array([shares.get(letter, 0.0) for letter in SECTORS.tolist()])
        return np.asarray(streams(f"trades {what}").random(len(people)) < of_sector[people.sector])

    does_upkeep = some("upkeep", _UPKEEP_SHARES)
    named = np.array([_BY_SECTOR.get(letter, "other") for letter in SECTORS.tolist()], dtype="U20")
    name = np.where(does_upkeep, "special_equipment", named[people.sector])
    for industry, own in _BY_INDUSTRY.items():
        name[people.industry == industry] = own
    order = np.argsort(FIELD_NAMES)
    return Trades(
        field=order[np.searchsorted(FIELD_NAMES, name, sorter=order)],
        does_upkeep=does_upkeep,
        uses_devices=some("devices", _DEVICE_SHARES),
        runs_shop=some("shop", _SHOP_SHARES),
    )
