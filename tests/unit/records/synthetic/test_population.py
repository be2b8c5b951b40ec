import numpy as np

from creditrisk.records.synthetic.population import REGIONS, SECTORS, group_effects, populate
from creditrisk.records.synthetic.streams import Streams


def test_entities_come_in_the_order_of_their_codes_and_fit_them() -> None:
    people = populate(Streams(1), 1500, 2024)
    assert people.entity_id.tolist() == sorted(set(people.entity_id.tolist()))
    assert [code[2:8] for code in people.entity_id.tolist()] == REGIONS[people.region].tolist()
    assert [code[0] for code in people.industry.tolist()] == SECTORS[people.sector].tolist()
    assert (np.char.startswith(people.entity_id, "92") == (people.entity_type == "9500")).all()
    assert (people.known_on > people.established_on).all()


def test_entities_enter_every_year_and_groups_have_unequal_sizes() -> None:
    people = populate(Streams(1), 4000, 2024)
    years = people.established_on.astype("datetime64[Y]").astype(int) + 1970
    assert set(np.unique(years)) == set(range(1990, 2025))
    for groups, number in ((people.region, 30), (people.sector, 12)):
        sizes = np.bincount(groups, minlength=number)
        assert sizes.min() > 0
        assert sizes.max() > 4 * sizes.min()


def test_group_effects_sum_to_zero_with_the_spread_asked_for() -> None:
    effects = group_effects(np.random.default_rng(0), 12, 0.35)
    assert abs(effects.sum()) < 1e-12
    assert abs(effects.std() - 0.35) < 1e-12
