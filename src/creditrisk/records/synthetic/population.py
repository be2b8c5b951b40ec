"""The entities of the synthetic world: who they are, and what nobody sees of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import DAY, Days, after, later
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.tendency import alike
from creditrisk.records.synthetic.uscc import SERIALS, usccs

_CHENGDU = [f"5101{district:02d}" for district in (4, 5, 6, 7, 8, 12, 13, 14, 15, 16)]
_SICHUAN = ["510302", "510502", "510603", "510703", "511102", "511302"]
_GUANGZHOU = [f"4401{district:02d}" for district in (3, 4, 5, 6, 11)]
_SHENZHEN = [f"4403{district:02d}" for district in (3, 4, 5, 6, 7)]
_GUANGDONG = ["440402", "440604", "440605", "441302"]
REGIONS = np.array(_CHENGDU + _SICHUAN + _GUANGZHOU + _SHENZHEN + _GUANGDONG)

INDUSTRIES = {
    "F": (0.30, ("5211", "5212", "5225", "5127", "5292", "5251", "5251", "5254")),
    "H": (0.15, ("6210", "6220", "6110")),
    "C": (0.13, ("1411", "1819", "2926", "3311", "2720", "3435", "3581")),
    "L": (0.11, ("7211", "7251", "7299")),
    "I": (0.06, ("6432", "6513", "6540")),
    "M": (0.06, ("7320", "7492")),
    "E": (0.05, ("4720", "5011")),
    "O": (0.04, ("8040", "8051", "8111")),
    "G": (0.04, ("5431", "5441")),
    "K": (0.03, ("7010", "7020")),
    "R": (0.02, ("8930", "9012")),
    "A": (0.01, ("0141", "0313")),
}
SECTORS = np.array(list(INDUSTRIES))
KEY_SECTORS = ("H", "C")

ENTERPRISE, INDIVIDUAL, COOPERATIVE = "1130", "9500", "9300"
_CROWDED_DOORS = 12
_LAST_DAY = 363  # 30 December, or 29 in a leap year
_KINDS = {"91": (ENTERPRISE, 0.66), "92": (INDIVIDUAL, 0.32), "93": (COOPERATIVE, 0.02)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Entities by position.

    Parameters
    ----------
    entity_id, entity_type, industry, address : array of str, shape (n,)
        As in the registration.
    region, sector : array of int, shape (n,)
        Positions in `REGIONS` and `SECTORS`.
    established_on, known_on : array of datetime64[D], shape (n,)
        Establishment, and when the bureau knew.
    capital_cny : array of float, shape (n,)
        Subscribed capital.
    tendency : array of float, shape (n,)
        Standard normal; drives how many records of each kind there are, never the violation itself.
    """

    entity_id: NDArray[np.str_]
    entity_type: NDArray[np.str_]
    industry: NDArray[np.str_]
    address: NDArray[np.str_]
    region: NDArray[np.int64]
    sector: NDArray[np.int64]
    established_on: Days
    known_on: Days
    capital_cny: NDArray[np.float64]
    tendency: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.entity_id)


def populate(streams: Streams, entities: int, last_year: int) -> Population:
    """Draw the entities of the world, in the order of their codes.

    Parameters
    ----------
    streams : Streams
        Where the random numbers come from.
    entities : int
        How many.
    last_year : int
        The last year of establishment.

    Returns
    -------
    Population
        The entities.
    """
    rng = streams("population")
    sizes = 1.0 / (3.0 + np.arange(len(REGIONS)))
    region = rng.permutation(len(REGIONS))[rng.choice(len(REGIONS), entities, p=sizes / sizes.sum())]
    shares = np.array([share for share, _ in INDUSTRIES.values()])
    sector = rng.choice(len(SECTORS), entities, p=shares / shares.sum())
    kinds = rng.choice(list(_KINDS), entities, p=[share for _, share in _KINDS.values()])
    codes = usccs(kinds.tolist(), REGIONS[region].tolist(), rng.choice(SERIALS, entities, replace=False))
    order = np.argsort(codes)
    region, sector, kinds, codes = region[order], sector[order], kinds[order], codes[order]
    established = _established(streams("established"), entities, last_year)
    tendency = streams("tendency").normal(size=entities)
    individual = kinds == "92"
    capital = np.exp(rng.normal(np.where(individual, 11.0, 14.0), np.where(individual, 0.9, 1.3)))
    return Population(
        entity_id=codes,
        entity_type=np.array([_KINDS[kind][0] for kind in kinds.tolist()]),
        industry=_industry(streams("industry"), sector),
        address=_address(streams("address"), region, tendency),
        region=region,
        sector=sector,
        established_on=established,
        known_on=_known(established, later(rng, established, 1, 7)),
        capital_cny=np.round(capital, -3) + 1000.0,
        tendency=tendency,
    )


def group_effects(rng: np.random.Generator, groups: int, sd: float) -> NDArray[np.float64]:
    """Draw effects of groups that sum to zero and whose standard deviation is exactly `sd`."""
    effects = rng.normal(size=groups)
    effects -= effects.mean()
    return np.asarray(sd * effects / effects.std())


def _established(rng: np.random.Generator, entities: int, last_year: int) -> Days:
    years = np.arange(1990, last_year + 1)
    weights = np.exp((years - last_year) / 16.0)
    start = (rng.choice(years, entities, p=weights / weights.sum()) - 1970).astype("datetime64[Y]")
    return after(start.astype("datetime64[D]"), np.minimum(rng.integers(0, 365, entities), _LAST_DAY))


def _known(established: Days, lagged: Days) -> Days:
    """Return when the bureau knew: with the lag, but still in the year of establishment."""
    year_end = (established.astype("datetime64[Y]") + np.timedelta64(1, "Y")).astype("datetime64[D]") - DAY
    return np.asarray(np.minimum(lagged, year_end))


def _industry(rng: np.random.Generator, sector: NDArray[np.int64]) -> NDArray[np.str_]:
    classes = [[letter + code for code in codes] for letter, (_, codes) in INDUSTRIES.items()]
    width = max(map(len, classes))
    table = np.array([[codes[i % len(codes)] for i in range(width)] for codes in classes])
    return np.asarray(table[sector, rng.integers(0, width, len(sector))])


def _address(
    rng: np.random.Generator, region: NDArray[np.int64], tendency: NDArray[np.float64]
) -> NDArray[np.str_]:
    """Return where the entities sit; in each region a few crowded doors, behind each of them the like."""
    crowded = rng.random(len(region)) < 0.08
    doors = alike(rng, tendency, _CROWDED_DOORS)
    door = np.where(crowded, doors, rng.integers(_CROWDED_DOORS, 10**7, len(region)))
    return np.asarray(np.char.add(REGIONS[region], np.char.mod("-%07d", door)))
