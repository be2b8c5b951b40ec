"""A register of six merchants and a desk with two partners, for the tests of platforms."""

import datetime as dt
from pathlib import Path

import pandas as pd

from creditrisk.supervision.platforms.agreement import SHAREABLE, Agreement
from creditrisk.supervision.platforms.keys import KeyRing, keyed_hash
from creditrisk.supervision.platforms.partner import Partner, Query
from creditrisk.supervision.platforms.query_log import QueryLog
from creditrisk.supervision.platforms.register import SharedRegister

NOW = dt.datetime(2024, 6, 1, 9, 30)
GOOD, ABNORMAL, SERIOUS, BOTH, GONE, CAME_BACK = (f"9111010855138508{i}Q" for i in range(6))


def register() -> SharedRegister:
    """Return six merchants, three of them listed now."""
    ids = [GOOD, ABNORMAL, SERIOUS, BOTH, GONE, CAME_BACK]
    entities = pd.DataFrame(
        {
            "status": ["active"] * 4 + ["revoked", "active"],
            "licence_to": pd.to_datetime(["2030-01-01"] * 4 + [None, "2024-05-31"]),
            "risk_class": ["A", "C", "D", "D", "D", None],
        },
        index=pd.Index(ids, name="entity_id"),
    )
    stays = [
        (ABNORMAL, "abnormal_list", "2024-03-01", None, "no annual report"),
        (SERIOUS, "serious_list", "2023-03-01", None, "false advertising"),
        (BOTH, "abnormal_list", "2024-02-01", None, "not found"),
        (BOTH, "serious_list", "2024-05-20", None, "fake goods"),
        (CAME_BACK, "abnormal_list", "2022-02-01", "2024-05-25", "not found"),
    ]
    columns = ["entity_id", "list", "listed_on", "removed_on", "reason"]
    return SharedRegister(entities=entities, listings=pd.DataFrame(stays, columns=columns))


def partner(name: str = "shop", **terms: object) -> Partner:
    """Return a partner that may be told everything shareable."""
    terms = {"purposes": ("admission", "monitoring"), "fields": SHAREABLE} | terms
    return Partner(
        agreement=Agreement(partner=name, **terms),  # type: ignore[arg-type]
        keys=KeyRing.start(name, on="2024-01-01"),
    )


def open_log(folder: Path) -> QueryLog:
    """Return a log with its seal in another folder."""
    (folder / "apart").mkdir(exist_ok=True)
    return QueryLog(folder / "queries.jsonl", folder / "apart" / "seal.json")


def query(who: Partner, ids: list[str], purpose: str = "admission") -> Query:
    """Return a query about these ids with the newest key of a partner."""
    key = who.keys.keys[-1]
    hashes = [keyed_hash(one, who.keys.partner, key) for one in ids]
    return Query(partner=who.keys.partner, purpose=purpose, key_id=key.key_id, hashes=hashes)
