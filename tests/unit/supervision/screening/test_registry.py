import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.screening.registry import load_tags

OURS = """
id = "ours"
version = "1"
title_en = "ours"
title_zh = "本地"
given = ["grade"]

[layers]
own = { title_en = "own", title_zh = "自定义" }

[measures.entries]
table = "abnormal_list"
measure = "count"
months = 12
missing = "zero"

[[tags]]
id = "twice"
layer = "own"
kind = "behaviour"
title_en = "listed twice"
title_zh = "两次列异"
source = "assumed"
when = { all = [{ measure = "entries", at_least = 2 }, { not = { measure = "grade", equals = "good" } }] }
"""
SECOND = """
[[tags]]
id = "{id}"
layer = "own"
kind = "behaviour"
title_en = "more"
title_zh = "更多"
source = "assumed"
when = {when}
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_six_layers_and_forty_two_items_of_three_kinds():
    registry = load_tags("market_supervision")
    assert list(registry.layers) == [
        "registration",
        "approval",
        "publicity",
        "sector",
        "enforcement",
        "credit",
    ]
    assert len(registry.tags) == 42
    assert {tag.layer for tag in registry.tags.values()} == set(registry.layers)
    assert {tag.kind for tag in registry.tags.values()} == {"object", "behaviour", "classification"}


def test_a_published_tag_says_where():
    for tag in load_tags("market_supervision").tags.values():
        assert bool(tag.basis) == (tag.source == "published")


def test_a_file_of_ones_own_goes_on_from_the_packaged_one(written):
    more = OURS + SECOND.format(id="again", when='{ any = [{ tag = "twice" }, { tag = "abnormal" }] }')
    registry = load_tags("market_supervision", written(more))
    assert len(registry.tags) == 44
    assert registry.given == ("risk_class", "grade")
    assert registry.id == "ours"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            OURS.replace('"entries", at', '"entry", at'),
            "the measure 'entry' is not stated. Did you mean 'entries'",
        ),
        (
            OURS.replace('layer = "own"', 'layer = "owned"'),
            "has the unknown layer 'owned'. Did you mean 'own'",
        ),
        (
            OURS + SECOND.format(id="more", when='{ tag = "twic" }'),
            "the tag 'twic' is unknown. Did you mean 'twice'",
        ),
        (OURS + SECOND.format(id="twice", when='{ tag = "twice" }'), "each tag once; 'twice' of 'ours'"),
        (
            OURS + SECOND.format(id="more", when='{ tag = "more" }'),
            "by itself; got more → more: take one of them out",
        ),
        (
            OURS.replace('measure = "grade", equals = "good"', 'tag = "more"')
            + SECOND.format(id="more", when='{ any = [{ tag = "twice" }] }'),
            "A tag is not defined by itself; got twice → more → twice: take one of them out",
        ),
        (OURS.replace("given =", 'needs = { entries = "none" }\ngiven ='), "'none' is not stated"),
        (OURS.replace('kind = "behaviour"', 'kind = "mood"'), "'tags.1.kind' is wrong"),
        (OURS.replace("months = 12", "months = 0"), "'months' is wrong"),
    ],
)
def test_a_wrong_file_is_one_sentence(written, text, said):
    with pytest.raises(SpecError, match=said) as raised:
        load_tags(written(text))
    assert "\n" not in str(raised.value)


def test_no_file_and_the_same_file_twice(written):
    with pytest.raises(SpecError, match="A registry of tags needs a file; got none"):
        load_tags()
    with pytest.raises(SpecError, match="each measure once; 'entries' of 'ours' is there already"):
        load_tags(written(OURS), written(OURS))
    with pytest.raises(SpecError, match="There is no preset of tags named 'market'"):
        load_tags("market")
