"""The desk at which platforms ask: admission, archive, list changes, counts (市场监管服务库).

Every question goes the same way: the query is checked against the agreement, written to the log, matched by
keyed hash, answered from the register of its day, and cut down to the fields that were agreed.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from creditrisk.errors import CreditRiskError, SpecError, shown
from creditrisk.supervision.platforms.admission import admission
from creditrisk.supervision.platforms.aggregates import k_anonymous_counts
from creditrisk.supervision.platforms.agreement import Agreement
from creditrisk.supervision.platforms.keys import keyed_hash
from creditrisk.supervision.platforms.listings import LISTS, list_changes, listed_on
from creditrisk.supervision.platforms.partner import Partner, Query
from creditrisk.supervision.platforms.query_log import QueryLog
from creditrisk.supervision.platforms.register import SharedRegister

_HASH = re.compile("[0-9a-f]{64}")
ARCHIVE = ("status", *LISTS, "listed_on", "reason", "licence_to", "risk_class")


class PlatformDesk:
    """Answers platforms from a register, and logs that it did.

    Parameters
    ----------
    register : SharedRegister
        What is known.
    partners : iterable of Partner
        Who may ask.
    log : QueryLog
        Every query goes here, the refused ones too.
    """

    def __init__(self, register: SharedRegister, partners: Sequence[Partner], log: QueryLog) -> None:
        self._register = register
        self._partners: Mapping[str, Partner] = {one.agreement.partner: one for one in partners}
        self._log = log
        self._ids: dict[tuple[str, str], dict[str, str]] = {}

    def admission(self, query: Query, *, at: dt.datetime) -> pd.DataFrame:
        """Return whether to let merchants in.

        Parameters
        ----------
        query : Query
            The merchants that apply.
        at : datetime
            Now, by the clock of the desk.

        Returns
        -------
        DataFrame
            By hash: `decision` and `grounds`, as far as agreed; who is not in the register is held or denied.

        Raises
        ------
        SpecError
            If the agreement or the key does not allow the query; that is logged as well.
        """
        partner, ids = self._opened(query, "admission", at)
        answer = admission(self._archive(ids, at.date()), on=at.date(), rules=partner.rules)
        return _told(answer, partner.agreement)

    def archive(self, query: Query, *, at: dt.datetime) -> pd.DataFrame:
        """Return what the register says of merchants (信用档案).

        Parameters
        ----------
        query : Query
            The merchants.
        at : datetime
            Now, by the clock of the desk.

        Returns
        -------
        DataFrame
            By hash: the agreed fields; all missing for who is not in the register.

        Raises
        ------
        SpecError
            If the agreement or the key does not allow the query.
        """
        partner, ids = self._opened(query, "archive", at)
        return _told(self._archive(ids, at.date()), partner.agreement)

    def changes(self, query: Query, *, after: dt.date, at: dt.datetime) -> pd.DataFrame:
        """Return which merchants entered or left a list since a day: each change once.

        Parameters
        ----------
        query : Query
            The merchants already admitted.
        after : date
            The day of the query before; changes up to today are told.
        at : datetime
            Now, by the clock of the desk.

        Returns
        -------
        DataFrame
            `hash`, `list`, `change` (``"entered"``: warn, ``"removed"``: the warning is over), `on`, and
            `reason` if agreed; only lists that are agreed.

        Raises
        ------
        SpecError
            If the agreement or the key does not allow the query.
        """
        partner, ids = self._opened(query, "changes", at)
        told = list_changes(self._register.listings, after=after, until=at.date())
        by_id = {entity_id: one for one, entity_id in ids.items() if entity_id is not None}
        told = told[told["entity_id"].isin(by_id) & told["list"].isin(partner.agreement.fields)]
        told = told.assign(hash=told["entity_id"].map(by_id))
        fields = [
            "hash",
            "list",
            "change",
            "on",
            *(["reason"] if "reason" in partner.agreement.fields else []),
        ]
        return told[fields].reset_index(drop=True)

    def counts(self, partner: str, purpose: str, by: pd.Series, *, at: dt.datetime) -> pd.DataFrame:
        """Return how many entities of each class there are by area or trade, small numbers suppressed.

        Parameters
        ----------
        partner, purpose : str
            Who asks, and for what.
        by : Series
            Area or trade of every entity, by entity id; chosen by the desk, not by the partner.
        at : datetime
            Now, by the clock of the desk.

        Returns
        -------
        DataFrame
            As `k_anonymous_counts` returns it, with the `smallest_cell` of the agreement.

        Raises
        ------
        SpecError
            If the agreement does not allow the query.
        """
        try:
            agreement = self._known(partner).agreement
            agreement.check_purpose(purpose)
        except CreditRiskError as error:
            self._refuse(partner, "counts", purpose, 0, at, error)
            raise
        classes = self._register.entities["risk_class"]
        counts = k_anonymous_counts(by.reindex(classes.index), classes, smallest=agreement.smallest_cell)
        self._write(partner, "counts", purpose, 0, at)
        return counts

    def _opened(self, query: Query, kind: str, at: dt.datetime) -> tuple[Partner, Mapping[str, str | None]]:
        """Check and log a query; return who asks, and the entity behind each hash."""
        hashes = list(dict.fromkeys(map(str, query.hashes)))
        try:
            partner = self._known(query.partner)
            partner.agreement.check_purpose(query.purpose)
            partner.agreement.check_amount(len(hashes), self._log.asked_on(query.partner, at.date()))
            partner.keys.key(query.key_id, on=at.date())
            _check_hashed(hashes)
        except CreditRiskError as error:
            self._refuse(query.partner, kind, query.purpose, len(hashes), at, error)
            raise
        self._write(query.partner, kind, query.purpose, len(hashes), at)
        known = self._hashed(partner, query.key_id, at.date())
        return partner, {one: known.get(one) for one in hashes}

    def _known(self, partner: str) -> Partner:
        if partner not in self._partners:
            raise SpecError(
                f"Only partners are answered; got {shown(partner)}: make an agreement with it first."
            )
        return self._partners[partner]

    def _hashed(self, partner: Partner, key_id: str, day: dt.date) -> dict[str, str]:
        """Return the entity behind each hash under a key, computed once."""
        name = partner.agreement.partner
        if (name, key_id) not in self._ids:
            key = partner.keys.key(key_id, on=day)
            ids = self._register.entities.index
            self._ids[name, key_id] = {keyed_hash(one, name, key): one for one in ids}
        return self._ids[name, key_id]

    def _archive(self, ids: Mapping[str, str | None], day: dt.date) -> pd.DataFrame:
        found = self._register.entities.reindex(pd.Index(list(ids.values()), dtype=object))
        stays = listed_on(self._register.listings, day)
        stays = stays[stays["entity_id"].isin(found.index)]
        for name in LISTS:
            on_list = pd.Series(found.index.isin(stays.loc[stays["list"] == name, "entity_id"]), found.index)
            found[name] = on_list.where(found["status"].notna())
        last = stays.drop_duplicates("entity_id", keep="last").set_index("entity_id")
        found[["listed_on", "reason"]] = last[["listed_on", "reason"]].reindex(found.index)
        return found[list(ARCHIVE)].set_axis(pd.Index(list(ids), name="hash"))

    def _write(self, partner: str, kind: str, purpose: str, asked: int, at: dt.datetime) -> None:
        self._log.append(at=at, partner=partner, kind=kind, purpose=purpose, asked=asked, outcome="answered")

    def _refuse(
        self, partner: str, kind: str, purpose: str, asked: int, at: dt.datetime, error: Exception
    ) -> None:
        self._log.append(
            at=at,
            partner=partner,
            kind=kind,
            purpose=purpose,
            asked=asked,
            outcome="refused",
            why=str(error),
        )


def _check_hashed(hashes: Sequence[str]) -> None:
    """Refuse plain ids without repeating them: the refusal goes to the log."""
    if not all(_HASH.fullmatch(one) for one in hashes):
        raise SpecError(
            "Merchants are asked about by keyed hashes of 64 hexadecimal digits; something else came: hash "
            "the ids first."
        )


def _told(answer: pd.DataFrame, agreement: Agreement) -> pd.DataFrame:
    """Return only the agreed fields: the one door through which answers leave."""
    return answer[[name for name in agreement.fields if name in answer]]
