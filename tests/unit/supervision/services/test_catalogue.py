import pandas as pd
import pytest
from tests.unit.supervision.rated import rated

from creditrisk.errors import SpecError
from creditrisk.supervision.services.assign import assign_measures
from creditrisk.supervision.services.catalogue import CLASSES, load_catalogue

CATALOGUE = load_catalogue("market_supervision")
VISITS = "".join(
    f"""
[[entries]]
id = "visits_{name.lower()}"
kind = "visits"
classes = ["{name}"]
title_en = "visits"
title_zh = "检查"
visits_from = 1
basis = ""
source = "assumed"
"""
    for name in CLASSES
)
OURS = f'id = "ours"\nversion = "1"\ntitle_en = "ours"\ntitle_zh = "本地"\n{VISITS}'


def visits(risk_class, sector="", **how):
    (entry,) = [entry for entry in CATALOGUE.of(risk_class, sector, **how) if entry.kind == "visits"]
    return entry


def test_more_risk_is_never_visited_less():
    for sector in ("", *CATALOGUE.sectors):
        least = [visits(name, sector).visits_from or 0 for name in CLASSES]
        shares = [visits(name, sector).share_from or 0 for name in CLASSES]
        assert sector == "" or least == sorted(least)
        assert shares == sorted(shares)


def test_the_entry_of_the_sector_goes_before_the_general_one():
    assert visits("D").id == "visits_d"
    assert visits("D", "food_production").visits_from == 3
    assert visits("A", "food_production").visits_from == 0.5


def test_what_is_for_the_sandbox_is_for_members_only():
    outside, inside = CATALOGUE.of("A"), CATALOGUE.of("A", sandbox=True)
    assert {entry.id for entry in inside} - {entry.id for entry in outside} == {
        "award_candidates",
        "sandbox_visits",
    }
    assert "no_deposit" not in {entry.id for entry in CATALOGUE.of("D", sandbox=True)}


def test_sectors_by_the_longest_code():
    assert CATALOGUE.sector_of("C1411") == "food_production"
    assert CATALOGUE.sector_of("C3435") == "special_equipment"
    assert [CATALOGUE.sector_of(code) for code in ("A0141", "", None)] == ["", "", ""]


def test_a_published_entry_says_where():
    assert all(entry.basis for entry in CATALOGUE.entries if entry.source == "published")


def test_every_rated_entity_gets_its_entries():
    ratings = rated(200)
    industry = pd.Series("C1411", index=ratings.table.index[:50])
    table = assign_measures(ratings, CATALOGUE, industry=industry, sandbox=ratings.table.index[:3])
    of_visits = table[table["kind"] == "visits"].set_index("entity_id")
    assert of_visits.index.tolist() == ratings.table.index.tolist()
    assert (of_visits["sector"] == "food_production").sum() == 50
    assert of_visits["risk_class"].tolist() == ratings.table["risk_class"].tolist()
    assert set(table.loc[table["entry"] == "sandbox_visits", "entity_id"]) == set(ratings.table.index[:3])


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        return load_catalogue(path)

    return write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            OURS.replace('classes = ["D"]', 'classes = ["E"]'),
            "a class is one of A, B, C, D; 'visits_d' says 'E'",
        ),
        (
            OURS.replace('classes = ["D"]', 'classes = ["C"]'),
            "class C of all others has visits_c and visits_d",
        ),
        (OURS.replace('["A"]', '["A"]\nsectors = ["food"]'), "'visits_a' names the unknown sector 'food'"),
        (OURS.replace("visits_from = 1", "visits_from = 2\nvisits_to = 1", 1), "says 2 to 1; swap them"),
        (OURS.replace("visits_from = 1", "share_to = 1.2", 1), "less than or equal to 1"),
        (
            OURS.replace('"visits"', '"benefit"', 1),
            "only visits have shares and visits; 'visits_a' is a benefit",
        ),
        (OURS.replace("visits_d", "visits_c"), "'visits_c' is there more often; rename one"),
        (f'[sectors.food]\ntitle_en = "f"\ntitle_zh = "食"\n{VISITS}', "the key 'id' is missing"),
    ],
)
def test_a_wrong_file_is_one_sentence(written, text, said):
    with pytest.raises(SpecError, match=said) as raised:
        written(text)
    assert "\n" not in str(raised.value)


def test_unknown_names_get_a_hint(written):
    assert len(written(OURS).entries) == 4
    with pytest.raises(SpecError, match="A class is one of A, B, C, D; got 'E'"):
        CATALOGUE.of("E")
    with pytest.raises(SpecError, match=r"no sector 'food_sale'. Did you mean 'food_sales'\?"):
        CATALOGUE.of("A", "food_sale")
