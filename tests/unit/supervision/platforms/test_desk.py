"""The desk: decisions, allow-listed fields, limits, list changes, and foreign keys."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from tests.unit.supervision.platforms.conftest import DeskOf
from tests.unit.supervision.platforms.shop import (
    ABNORMAL,
    BOTH,
    CAME_BACK,
    GONE,
    GOOD,
    NOW,
    SERIOUS,
    partner,
    query,
    register,
)

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.platforms.admission import AdmissionRules, admission, said_grounds
from creditrisk.supervision.platforms.agreement import SHAREABLE, Agreement
from creditrisk.supervision.platforms.desk import ARCHIVE
from creditrisk.supervision.platforms.partner import Partner
from creditrisk.supervision.platforms.register import SharedRegister

EVERYBODY = [GOOD, ABNORMAL, SERIOUS, BOTH, GONE, CAME_BACK]


def test_each_merchant_gets_its_decision_with_every_ground(desk_of: DeskOf) -> None:
    shop = partner()
    counter, _ = desk_of(shop)
    answer = counter.admission(query(shop, [*EVERYBODY, "91110108551385089X"]), at=NOW)
    assert answer["decision"].tolist() == ["admit", "hold", "deny", "deny", "deny", "admit", "hold"]
    assert answer["grounds"].tolist() == [
        "",
        "abnormal_list",
        "serious_list",
        "serious_list;abnormal_list",
        "not_active",
        "",
        "unknown",
    ]


def test_licences_and_classes_count_where_the_rules_say_so(desk_of: DeskOf) -> None:
    rules = AdmissionRules(licence_needed=True, held_classes=("C",))
    shop = replace(partner(), rules=rules)
    counter, _ = desk_of(shop)
    answer = counter.admission(query(shop, [GOOD, ABNORMAL, GONE, CAME_BACK]), at=NOW)
    assert answer["grounds"].tolist() == [
        "",
        "abnormal_list;risk_class",
        "not_active;no_licence",
        "licence_expired",
    ]


def test_grounds_have_words_in_both_languages() -> None:
    assert said_grounds("serious_list;no_licence", "zh") == "列入严重违法失信名单；无许可信息"
    assert said_grounds("", "en") == ""


def test_the_archive_tells_the_state_of_the_day(desk_of: DeskOf) -> None:
    shop = partner()
    counter, _ = desk_of(shop)
    before = counter.archive(query(shop, [CAME_BACK, BOTH]), at=dt.datetime(2024, 5, 19))
    now = counter.archive(query(shop, [CAME_BACK, BOTH]), at=NOW)
    assert before["abnormal_list"].tolist() == [True, True]
    assert before["serious_list"].tolist() == [False, False]
    assert now["abnormal_list"].tolist() == [False, True]
    assert now["serious_list"].tolist() == [False, True]
    assert now["reason"].tolist()[1] == "fake goods"


ASKED: dict[str, Callable[..., pd.DataFrame]] = {
    "admission": lambda counter, asked: counter.admission(asked, at=NOW),
    "archive": lambda counter, asked: counter.archive(asked, at=NOW),
    "changes": lambda counter, asked: counter.changes(asked, after=dt.date(2024, 1, 1), at=NOW),
}


@pytest.mark.parametrize("field", SHAREABLE)
@pytest.mark.parametrize("kind", ASKED)
def test_no_field_outside_the_agreement_leaves(desk_of: DeskOf, kind: str, field: str) -> None:
    shop = partner(fields=(field,))
    counter, _ = desk_of(shop)
    answer = ASKED[kind](counter, query(shop, EVERYBODY))
    always = {"hash", "list", "change", "on"} if kind == "changes" else set()
    assert set(answer.columns) - always <= {field}
    assert not answer.isin(EVERYBODY).any().any()
    assert not set(map(str, answer.index)) & set(EVERYBODY)
    if kind == "changes":
        assert set(answer["list"]) <= {field}


def test_what_may_be_agreed_is_what_the_desk_can_tell() -> None:
    assert set(SHAREABLE) == {"decision", "grounds", *ARCHIVE}


@pytest.mark.parametrize("kind", ASKED)
def test_a_key_opens_nothing_of_another_partner(desk_of: DeskOf, kind: str) -> None:
    shop, mall = partner("shop"), partner("mall")
    counter, _ = desk_of(shop, mall)
    stolen = replace(query(shop, EVERYBODY), partner="mall")
    answer = ASKED[kind](counter, stolen)
    if kind == "changes":
        assert answer.empty
    elif kind == "archive":
        assert answer.isna().all().all()
    else:
        assert set(answer["grounds"]) == {"unknown"}
    own = ASKED[kind](counter, query(mall, EVERYBODY))
    assert len(own) and not own.isna().all().all()


def test_after_a_rotation_both_keys_answer_alike_until_the_overlap_ends(desk_of: DeskOf) -> None:
    before = partner()
    after = replace(before, keys=before.keys.rotate(on="2024-05-25", overlap_days=10))
    counter, _ = desk_of(after)
    old, new = query(before, EVERYBODY), query(after, EVERYBODY)
    assert not set(old.hashes) & set(new.hashes)
    answers = [counter.admission(one, at=NOW).to_numpy().tolist() for one in (old, new)]
    assert answers[0] == answers[1]
    with pytest.raises(SpecError, match="uses a key that is valid"):
        counter.admission(old, at=dt.datetime(2024, 6, 5))


def test_there_is_no_bulk_export(desk_of: DeskOf) -> None:
    shop = partner(per_query=4, per_day=6)
    counter, log = desk_of(shop)
    with pytest.raises(SpecError, match="at most 4 entities; 'shop' asked about 6"):
        counter.admission(query(shop, EVERYBODY), at=NOW)
    counter.admission(query(shop, EVERYBODY[:4]), at=NOW)
    with pytest.raises(SpecError, match="at most 6 entities a day; 'shop' has asked about 4 and now about 3"):
        counter.archive(query(shop, EVERYBODY[:3]), at=NOW)
    counter.archive(query(shop, EVERYBODY[:2]), at=NOW)
    counter.archive(query(shop, EVERYBODY[:4]), at=NOW + dt.timedelta(days=1))
    assert len(log) == 5


def test_refusals_are_logged_with_their_reason_and_no_id(desk_of: DeskOf) -> None:
    shop = partner()
    counter, log = desk_of(shop)
    wrong = query(shop, [GOOD])
    for asked, match in (
        (replace(wrong, purpose="marketing"), "states a purpose of its agreement; got 'marketing'"),
        (replace(wrong, partner="nobody"), "Only partners are answered; got 'nobody'"),
        (replace(wrong, hashes=[GOOD]), "keyed hashes of 64 hexadecimal digits"),
    ):
        with pytest.raises(SpecError, match=match):
            counter.admission(asked, at=NOW)
    entries = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    assert [entry["outcome"] for entry in entries] == ["refused"] * 3
    assert GOOD not in log.path.read_text(encoding="utf-8")
    assert wrong.hashes[0] not in log.path.read_text(encoding="utf-8")


def test_counts_are_logged_and_small_ones_hidden(desk_of: DeskOf) -> None:
    shop = partner(smallest_cell=3)
    counter, log = desk_of(shop)
    areas = pd.Series("north", index=EVERYBODY, name="area")
    counts = counter.counts("shop", "monitoring", areas, at=NOW)
    assert counts["entities"].tolist() == [5, 5]
    assert counts[["A", "B", "C"]].isna().all().all()
    assert len(log) == 1
    with pytest.raises(SpecError, match="states a purpose"):
        counter.counts("shop", "marketing", areas, at=NOW)


def test_parts_that_do_not_fit_are_refused() -> None:
    shop, mall = partner("shop"), partner("mall")
    with pytest.raises(SpecError, match="asks with its own keys"):
        Partner(agreement=shop.agreement, keys=mall.keys)
    with pytest.raises(SpecError, match="Who holds merchants for their class tells it"):
        Partner(
            agreement=Agreement(partner="shop", purposes=("admission",)),
            keys=shop.keys,
            rules=AdmissionRules(held_classes=("D",)),
        )
    with pytest.raises(SpecError, match="A verdict is admit, hold or deny; got unknown='no'"):
        AdmissionRules(unknown="no")  # type: ignore[arg-type]
    with pytest.raises(SpecError, match="Classes are A, B, C and D; got 'E'"):
        AdmissionRules(held_classes=("E",))
    with pytest.raises(SpecError, match="states its purposes"):
        Agreement(partner="shop", purposes=())
    with pytest.raises(SpecError, match="1 or more; got per_query=0"):
        Agreement(partner="shop", purposes=("admission",), per_query=0)


def test_a_register_without_a_column_or_with_an_entity_twice_is_refused() -> None:
    whole = register()
    with pytest.raises(SchemaError, match="status is missing"):
        SharedRegister(entities=whole.entities.drop(columns="status"), listings=whole.listings)
    twice = pd.concat([whole.entities, whole.entities.rename(index=str.lower)])
    with pytest.raises(SchemaError, match="is there twice"):
        SharedRegister(entities=twice, listings=whole.listings)


def test_an_empty_query_is_answered_with_nothing(desk_of: DeskOf) -> None:
    shop = partner()
    counter, _ = desk_of(shop)
    assert counter.admission(query(shop, []), at=NOW).empty
    assert admission(register().entities.iloc[:0].assign(abnormal_list=[], serious_list=[]), on=NOW).empty
