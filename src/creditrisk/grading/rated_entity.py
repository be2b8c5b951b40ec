"""One entity of the ratings: a row of values that shows itself as a page in a notebook."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from creditrisk.grading.risk_class import RiskClass

INTERNAL = {
    "en": "Internal reference for allocating supervision, not a public credit rating.",
    "zh": "内部参考，用于配置监管资源，不是公开信用评价。",
}
KEY = "creditrisk_ratings"


class RatedEntity(pd.Series):
    """The row of one entity, with what it was rated under in `attrs`.

    Parameters
    ----------
    data : array-like
        The values, as for `pandas.Series`.
    index : Index, optional
        Their names.
    dtype : dtype, optional
        Their type.
    name : str, optional
        The entity.
    copy : bool, optional
        Whether the values are copied.
    """

    @property
    def _constructor(self) -> Callable[..., pd.Series]:
        return pd.Series

    def _repr_html_(self) -> str:
        about = self.attrs.get(KEY, {})
        risk_class = RiskClass(self["risk_class"])
        heading = f"{self.name}: {risk_class} ({risk_class.label('en')}, {risk_class.label('zh')})"
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(head)}</th><td>{escape(said)}</td></tr>"
            for head, said in self._said(about)
        )
        lines = [
            f"<p lang='{language}'>{escape(str(self[f'reasons_{language}']))}</p>"
            for language in ("en", "zh")
            if self.get(f"reasons_{language}")
        ]
        marks = "<br>".join(escape(text) for text in INTERNAL.values())
        page = f"<h3>{escape(heading)}</h3><table>{rows}</table>{''.join(lines)}<p><em>{marks}</em></p>"
        return f"<div>{page}</div>"

    def _said(self, about: dict[str, Any]) -> list[tuple[str, str]]:
        currency = str(about.get("currency", "CNY"))
        loss = f"expected_loss_{currency.lower()}"
        likely = ", ".join(f"{one} {self[f'prob_{one}']:.0%}" for one in RiskClass)
        decided = "the model" if self["decided_by"] == "model" else f"rule {self['decided_by']}"
        p = f"{self['p_violation']:.1%} ({self._interval('p_violation', '.1%')})"
        money = f"{self[loss]:,.0f} {currency} ({self._interval(loss, ',.0f')})"
        return [
            ("decided by 决定依据", decided + (", direct determination 直接判定" if self["direct"] else "")),
            ("probabilities of the model's class 各等级概率", likely),
            ("probability of a violation 违法概率", p),
            ("expected loss 预期损失", money),
            ("rules hit 命中规则", str(self["rules_hit"]) or "–"),
            ("policy 分级方案", str(about.get("policy", ""))),
            ("as of 基准日", str(about.get("as_of") or "–")),
        ]

    def _interval(self, name: str, form: str) -> str:
        return f"{self[f'{name}_lower']:{form}} – {self[f'{name}_upper']:{form}}"
