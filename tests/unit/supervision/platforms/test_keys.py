"""Keys of partners: hashes, rotation, and what another's key opens."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.supervision.platforms.keys import KeyRing, PartnerKey, keyed_hash

KEY = PartnerKey(key_id="1", secret=bytes(range(32)), valid_from=dt.date(2024, 1, 1))


def test_the_hash_is_the_one_of_the_standard() -> None:
    import hashlib
    import hmac

    said = hmac.new(KEY.secret, b"shop\x0091110108551385082Q", hashlib.sha256).hexdigest()
    assert keyed_hash("91110108551385082Q", "shop", KEY) == said


@pytest.mark.parametrize(
    "written", [" 91110108551385082q", "９１１１０１０８551385082Q", "91110108 551385082Q"]
)
def test_the_way_an_id_is_written_does_not_matter(written: str) -> None:
    assert keyed_hash(written, "shop", KEY) == keyed_hash("91110108551385082Q", "shop", KEY)


def test_hashes_differ_by_partner_and_by_key() -> None:
    other = PartnerKey(key_id="2", secret=bytes(range(1, 33)), valid_from=KEY.valid_from)
    assert (
        len({keyed_hash("E1", "shop", KEY), keyed_hash("E1", "mall", KEY), keyed_hash("E1", "shop", other)})
        == 3
    )


@given(overlap=st.integers(0, 400), later=st.integers(0, 800))
def test_while_keys_rotate_every_day_has_one_or_two(overlap: int, later: int) -> None:
    ring = KeyRing.start("shop", on="2024-01-01").rotate(on="2024-03-01", overlap_days=overlap)
    day = dt.date(2024, 1, 1) + dt.timedelta(days=later)
    valid = [key.key_id for key in ring.keys if key.opens_on(day)]
    both = dt.date(2024, 3, 1) <= day <= dt.date(2024, 3, 1) + dt.timedelta(days=overlap) and overlap > 0
    assert valid == (["1", "2"] if both else ["1"] if day < dt.date(2024, 3, 1) else ["2"])


def test_a_key_past_its_overlap_is_refused() -> None:
    ring = KeyRing.start("shop", on="2024-01-01").rotate(on="2024-03-01", overlap_days=10)
    assert ring.key("1", on="2024-03-11").key_id == "1"
    with pytest.raises(SpecError, match="valid from 2024-01-01 to 2024-03-11, the query is of 2024-03-12"):
        ring.key("1", on="2024-03-12")
    with pytest.raises(SpecError, match="valid from 2024-03-01, the query is of 2024-02-29"):
        ring.key("2", on="2024-02-29")


def test_a_secret_is_never_shown() -> None:
    ring = KeyRing.start("shop", on="2024-01-01")
    assert ring.keys[0].secret.hex() not in repr(ring)
    assert repr(ring.keys[0].secret) not in repr(ring)


def test_bad_keys_are_refused() -> None:
    ring = KeyRing.start("shop", on="2024-01-01")
    with pytest.raises(SpecError, match="A key has 32 bytes or more"):
        PartnerKey(key_id="1", secret=b"short", valid_from=dt.date(2024, 1, 1))
    with pytest.raises(SpecError, match="A key ends after it begins"):
        PartnerKey(key_id="1", secret=bytes(32), valid_from=KEY.valid_from, valid_to=dt.date(2023, 1, 1))
    with pytest.raises(SpecError, match="different ids"):
        KeyRing(partner="shop", keys=(KEY, KEY))
    with pytest.raises(SpecError, match="overlap for 0 days or more; got -1"):
        ring.rotate(on="2024-03-01", overlap_days=-1)
    with pytest.raises(SpecError, match="begins after the one before"):
        ring.rotate(on="2024-01-01", overlap_days=1)
    with pytest.raises(SpecError, match="has no key '7'"):
        ring.key("7", on="2024-01-01")
    with pytest.raises(SpecError, match="got an empty one"):
        keyed_hash("  ", "shop", KEY)
