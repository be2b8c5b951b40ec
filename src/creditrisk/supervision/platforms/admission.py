"""Whether a merchant may be let in: list, registration, licence and class (准入拦截, 入驻资质审核)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.dates import DateLike, to_date

type Verdict = Literal["admit", "hold", "deny"]

GROUNDS: Mapping[str, Mapping[str, str]] = {
    "serious_list": {"en": "on the serious-violation list", "zh": "列入严重违法失信名单"},
    "abnormal_list": {"en": "on the abnormal-operation list", "zh": "列入经营异常名录"},
    "not_active": {"en": "deregistered, revoked or annulled", "zh": "已注销、吊销或撤销登记"},
    "licence_expired": {"en": "licence expired", "zh": "许可证已过期"},
    "no_licence": {"en": "no licence known", "zh": "无许可信息"},
    "risk_class": {"en": "risk class", "zh": "信用风险等级"},
    "unknown": {"en": "not in the register", "zh": "登记信息未匹配"},
}
_VERDICTS = ("admit", "hold", "deny")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionRules:
    """What keeps a merchant out; the verdicts are assumed, an agreement sets its own.

    Parameters
    ----------
    serious_list, not_active, licence_expired : {"admit", "hold", "deny"}, default "deny"
        What follows from each ground.
    abnormal_list, no_licence, unknown : {"admit", "hold", "deny"}, default "hold"
        What follows from each of these.
    licence_needed : bool, default False
        Whether the trade needs a licence at all.
    held_classes : tuple of str, default ()
        Classes that are held; the partner must then be told the class.
    """

    serious_list: Verdict = "deny"
    not_active: Verdict = "deny"
    licence_expired: Verdict = "deny"
    abnormal_list: Verdict = "hold"
    no_licence: Verdict = "hold"
    unknown: Verdict = "hold"
    licence_needed: bool = False
    held_classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check verdicts and classes."""
        for ground in GROUNDS:
            if ground != "risk_class" and getattr(self, ground) not in _VERDICTS:
                given = getattr(self, ground)
                raise SpecError(
                    f"A verdict is admit, hold or deny; got {ground}={shown(given)}."
                    f"{hint(str(given), _VERDICTS)}"
                )
        for letter in self.held_classes:
            if letter not in list(RiskClass):
                raise SpecError(
                    f"Classes are A, B, C and D; got {shown(letter)} among held_classes: correct it."
                )


def admission(archive: pd.DataFrame, *, on: DateLike, rules: AdmissionRules | None = None) -> pd.DataFrame:
    """Return for each merchant whether to let it in, and on what grounds not.

    Parameters
    ----------
    archive : DataFrame
        `status`, `abnormal_list`, `serious_list`, `licence_to` and `risk_class`, as the register has them on
        the day; a row without a status is of an unknown merchant.
    on : str or date
        The day of the application.
    rules : AdmissionRules, optional
        ``AdmissionRules()`` if not given.

    Returns
    -------
    DataFrame
        `decision` (``"admit"``, ``"hold"`` or ``"deny"``: the strictest of its grounds) and `grounds` (the
        names of `GROUNDS`, joined by semicolons).
    """
    rules, day = rules or AdmissionRules(), pd.Timestamp(to_date(on))
    known = archive["status"].notna()
    hits = {
        "serious_list": archive["serious_list"].eq(True),
        "abnormal_list": archive["abnormal_list"].eq(True),
        "not_active": known & archive["status"].ne("active"),
        "licence_expired": rules.licence_needed & known & (archive["licence_to"] < day),
        "no_licence": rules.licence_needed & known & archive["licence_to"].isna(),
        "risk_class": known & archive["risk_class"].isin(rules.held_classes),
        "unknown": ~known,
    }
    strictest = pd.Series(0, index=archive.index)
    grounds = pd.Series("", index=archive.index, dtype=object)
    for ground, hit in hits.items():
        verdict = "hold" if ground == "risk_class" else getattr(rules, ground)
        strictest = strictest.where(~hit, strictest.clip(lower=_VERDICTS.index(verdict)))
        grounds = grounds.where(~hit, grounds + ";" + ground)
    return pd.DataFrame(
        {"decision": strictest.map(dict(enumerate(_VERDICTS))), "grounds": grounds.str.removeprefix(";")}
    )


def said_grounds(grounds: str, language: Literal["en", "zh"]) -> str:
    """Return the grounds of a decision in words.

    Parameters
    ----------
    grounds : str
        Names joined by semicolons, as `admission` has them.
    language : {"en", "zh"}
        The language.

    Returns
    -------
    str
        Empty if there are none.

    Examples
    --------
    >>> said_grounds("serious_list;licence_expired", "en")
    'on the serious-violation list; licence expired'
    """
    join = "; " if language == "en" else "；"
    return join.join(GROUNDS[name][language] for name in grounds.split(";") if name)
