"""Keyed hashes of entity ids: each partner has keys of its own, and a new key overlaps with the one before.

The hash of an id is ``HMAC-SHA256(key, partner + 0x00 + id)``, the id in capitals, without blanks, in narrow
characters. Ids can be listed one after the other, so the hash hides them only from those without the key.
"""

import datetime as dt
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field, replace

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.dates import DateLike, to_date

SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerKey:
    """One key of one partner.

    Parameters
    ----------
    key_id : str
        What a query calls it.
    secret : bytes
        32 random bytes or more; never shown.
    valid_from : date
        The first day on which it opens anything.
    valid_to : date, optional
        The last such day; none while it is the newest.
    """

    key_id: str
    secret: bytes = field(repr=False)
    valid_from: dt.date
    valid_to: dt.date | None = None

    def __post_init__(self) -> None:
        """Check the length and the days."""
        if not isinstance(self.secret, bytes) or len(self.secret) < SHORTEST_SECRET:
            raise SpecError(
                f"A key has {SHORTEST_SECRET} bytes or more; key {shown(self.key_id)} does not: make it by "
                "`KeyRing.start`."
            )
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise SpecError(
                f"A key ends after it begins; key {shown(self.key_id)} is valid from {self.valid_from} to "
                f"{self.valid_to}: change a day."
            )

    def opens_on(self, day: dt.date) -> bool:
        """Return whether the key is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """The keys of one partner, the oldest first.

    Parameters
    ----------
    partner : str
        Whose keys these are; part of every hash.
    keys : tuple of PartnerKey
        With different ids.

    Examples
    --------
    >>> ring = KeyRing.start("platform-a", on="2024-01-01").rotate(on="2024-07-01", overlap_days=30)
    >>> [key.key_id for key in ring.keys]
    ['1', '2']
    >>> ring.key("1", on="2024-07-31").valid_to
    datetime.date(2024, 7, 31)
    """

    partner: str
    keys: tuple[PartnerKey, ...]

    def __post_init__(self) -> None:
        """Check that ids differ."""
        ids = [key.key_id for key in self.keys]
        if not ids or len(set(ids)) < len(ids):
            raise SpecError(
                f"A partner has at least one key and its keys have different ids; {shown(self.partner)} has "
                f"{shown(ids)}: name each key once."
            )

    @classmethod
    def start(cls, partner: str, *, on: DateLike) -> "KeyRing":
        """Return a ring with one random key.

        Parameters
        ----------
        partner : str
            Whose.
        on : str or date
            The first day of the key.

        Returns
        -------
        KeyRing
            With the key ``"1"``.
        """
        return cls(partner=partner, keys=(_random_key("1", to_date(on)),))

    def rotate(self, *, on: DateLike, overlap_days: int) -> "KeyRing":
        """Return the ring with a new random key; the newest key so far ends after an overlap.

        Parameters
        ----------
        on : str or date
            The first day of the new key.
        overlap_days : int
            For how many days from then on the old key is valid beside it; 0 ends it the day before.

        Returns
        -------
        KeyRing
            One key more.

        Raises
        ------
        SpecError
            If the overlap is negative, or the new key begins before the newest.
        """
        day = to_date(on)
        if isinstance(overlap_days, bool) or not isinstance(overlap_days, int) or overlap_days < 0:
            raise SpecError(
                f"Two keys overlap for 0 days or more; got {shown(overlap_days)}: give a whole number."
            )
        *older, newest = self.keys
        if day <= newest.valid_from:
            raise SpecError(
                f"A new key begins after the one before; key {newest.key_id!r} begins on "
                f"{newest.valid_from}, the new one on {day}: choose a later day."
            )
        ended = replace(newest, valid_to=day + dt.timedelta(days=overlap_days - (overlap_days == 0)))
        return KeyRing(partner=self.partner, keys=(*older, ended, _random_key(str(len(self.keys) + 1), day)))

    def key(self, key_id: str, *, on: DateLike) -> PartnerKey:
        """Return a key that is valid on a day.

        Parameters
        ----------
        key_id : str
            What the query calls it.
        on : str or date
            The day of the query.

        Returns
        -------
        PartnerKey
            The key.

        Raises
        ------
        SpecError
            If the partner has no such key, or it is not valid on that day.
        """
        day = to_date(on)
        found = {key.key_id: key for key in self.keys}
        if key_id not in found:
            raise SpecError(f"{self.partner!r} has no key {shown(key_id)}.{hint(str(key_id), found)}")
        if not found[key_id].opens_on(day):
            key = found[key_id]
            until = "" if key.valid_to is None else f" to {key.valid_to}"
            raise SpecError(
                f"A query uses a key that is valid; key {key_id!r} of {self.partner!r} is valid from "
                f"{key.valid_from}{until}, the query is of {day}: use another key."
            )
        return found[key_id]


def keyed_hash(entity_id: str, partner: str, key: PartnerKey) -> str:
    """Return the keyed hash of an entity id, as both sides compute it.

    Parameters
    ----------
    entity_id : str
        The unified social credit code, or what else names the entity.
    partner : str
        Whose key it is.
    key : PartnerKey
        The key.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> key = PartnerKey(key_id="1", secret=bytes(32), valid_from=dt.date(2024, 1, 1))
    >>> keyed_hash("91110108551385082q ", "platform-a", key) == keyed_hash(
    ...     "91110108551385082Q", "platform-a", key)
    True
    """
    text = f"{partner}\0{plain_id(entity_id)}"
    return hmac.digest(key.secret, text.encode(), "sha256").hex()


def plain_id(entity_id: object) -> str:
    """Return an id in capitals, without blanks and in narrow characters.

    Parameters
    ----------
    entity_id : str
        As somebody wrote it.

    Returns
    -------
    str
        As it is hashed.

    Raises
    ------
    SpecError
        If nothing is left.
    """
    plain = "".join(unicodedata.normalize("NFKC", str(entity_id)).split()).upper()
    if not plain:
        raise SpecError("An entity is asked about by its id; got an empty one: leave it out.")
    return plain


def _random_key(key_id: str, day: dt.date) -> PartnerKey:
    return PartnerKey(key_id=key_id, secret=secrets.token_bytes(SHORTEST_SECRET), valid_from=day)
