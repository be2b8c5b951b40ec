"""The audit of records as one HTML page: no network, inline styles and pictures, in English or Chinese."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditrisk.records.dimension import Dimension
from creditrisk.records.quality.audit import Audit
from creditrisk.report.data import reworded, said_as, table_title
from creditrisk.report.figures import count, share
from creditrisk.report.html import page_environment
from creditrisk.report.language import load_texts
from creditrisk.report.sections import Section, Texts, language_of
from creditrisk.report.svg.bars import bars

_MOST_RULES = 40
_MOST_ORGANISATIONS = 25


def render_audit(audit: Audit, *, earlier: Audit | None = None, language: str = "en") -> str:
    """Return an audit as the text of one HTML page.

    Parameters
    ----------
    audit : Audit
        The audit.
    earlier : Audit, optional
        An audit of an earlier day, to tell what became of its failures.
    language : {"en", "zh"}, default "en"
        The language of the page.

    Returns
    -------
    str
        A complete HTML document that loads nothing else.

    Raises
    ------
    SpecError
        If there are no texts in that language, or `earlier` is not earlier.
    """
    t = load_texts(language)
    a = t["audit"]
    standard = audit.standard["title_zh" if language == "zh" else "title_en"]
    basis = f"{t['page']['comma']}{audit.standard['basis']}" if audit.standard["basis"] else ""
    return (
        page_environment()
        .get_template("audit.html.j2")
        .render(
            t=t,
            a=a,
            as_of=audit.as_of,
            made_with=a["made_with"].format(standard=standard, basis=basis),
            key=_key(audit, a),
            dimensions=_dimensions(audit, a),
            rectified=None if earlier is None else _rectified(audit, earlier, a),
            tables=_tables(audit, t),
            rules=_rules(audit, t),
            organisations=_organisations(audit, t),
            notes=[_note(note, t) for note in audit.notes],
        )
    )


def write_audit_page(
    audit: Audit, path: str | Path, *, earlier: Audit | None = None, language: str = "en"
) -> None:
    """Write an audit as an HTML page.

    Parameters
    ----------
    audit : Audit
        The audit.
    path : str or Path
        The HTML file to write.
    earlier : Audit, optional
        An audit of an earlier day, to tell what became of its failures.
    language : {"en", "zh"}, default "en"
        The language of the page.
    """
    Path(path).write_text(render_audit(audit, earlier=earlier, language=language), encoding="utf-8")


def _key(audit: Audit, a: Texts) -> list[tuple[str, str]]:
    per_table = audit.records[audit.records["dimension"] != str(Dimension.COVERAGE)]
    rows = per_table.groupby(["table", "source_org"])["checked"].max()
    broken = audit.table["failed"].sum()
    return [
        (count(int(rows.sum())), a["checked"]),
        (count(int(broken)), a["found"]),
        (count(len(set(per_table["table"]))), a["tables"]),
        (count(len(set(per_table["source_org"]))), a["organisations"]),
    ]


def _dimensions(audit: Audit, a: Texts) -> Section:
    found = audit.summary()
    names = [a["dimensions"][name] for name in found.index]
    rows = [
        [name, count(one["checked"]), count(one["failed"]), share(one["rate"], 2), _interval(one, 2)]
        for name, one in zip(names, found.to_dict("records"), strict=True)
    ]
    rates = found["rate"].fillna(0)
    place = int(rates.to_numpy().argmax()) if len(rates) else 0
    alt = a["alt"].format(first=names[place], share=share(float(rates.iloc[place]), 2)) if names else ""
    chart = bars(names, rates.tolist(), [share(rate, 2) for rate in rates], alt=alt)
    every = [a["dimensions"][str(one)] for one in Dimension]
    return {"rows": rows, "chart": chart, "names": every}


def _interval(row: Mapping[Any, Any], digits: int) -> str:
    if math.isnan(row["lower"]):
        return "–"
    return f"{share(row['lower'], digits)} – {share(row['upper'], digits)}"


def _rectified(audit: Audit, earlier: Audit, a: Texts) -> Section:
    counts = ["failed", "failing", "corrected", "removed", "unchecked"]
    found = audit.rectified(earlier).reset_index().to_dict("records")
    rows = [
        [
            a["dimensions"][one["dimension"]],
            *(count(one[name]) for name in counts),
            share(one["rate"]),
            _interval(one, 1),
        ]
        for one in found
    ]
    return {"date": earlier.as_of, "rows": rows}


def _tables(audit: Audit, t: Texts) -> list[list[str]]:
    found = audit.summary(["table", "dimension"]).reset_index().to_dict("records")
    cells = {
        (one["table"], one["dimension"]): f"{count(one['failed'])} ({share(one['rate'], 2)})"
        if one["failed"]
        else "0"
        for one in found
    }
    tables = dict.fromkeys(one["table"] for one in found)
    return [
        [table_title(name, t), *(cells.get((name, str(dimension)), "") for dimension in Dimension)]
        for name in tables
    ]


def _rules(audit: Audit, t: Texts) -> Section:
    keys = ["rule", "dimension", "table"]
    sums = audit.table.groupby(keys, as_index=False)[["checked", "failed"]].sum()
    broken = sums[sums["failed"] > 0].sort_values(["failed", *keys], ascending=[False, True, True, True])
    rows = [
        [
            said_as(one["rule"], t),
            t["audit"]["dimensions"][one["dimension"]],
            table_title(one["table"], t),
            count(one["checked"]),
            count(one["failed"]),
            share(one["failed"] / one["checked"], 2),
        ]
        for one in broken.head(_MOST_RULES).to_dict("records")
    ]
    return {"rows": rows, "intro": t["audit"]["rules_intro"].format(shown=len(rows), all=len(broken))}


def _organisations(audit: Audit, t: Texts) -> Section:
    a = t["audit"]
    broken = audit.table[audit.table["failed"] > 0]
    sums = broken.groupby("source_org")["failed"].sum().reset_index()
    sums = sums.sort_values(["failed", "source_org"], ascending=[False, True])
    worst = broken.sort_values(["failed", "table", "rule"], ascending=[False, True, True])
    worst = worst.drop_duplicates("source_org").set_index("source_org")
    rows = []
    for one in sums.head(_MOST_ORGANISATIONS).to_dict("records"):
        first = worst.loc[one["source_org"]]
        said = f"{table_title(first['table'], t)}{t['page']['comma']}{said_as(first['rule'], t)}"
        name = a["unknown"] if one["source_org"] == "unknown" else one["source_org"]
        rows.append([name, count(one["failed"]), f"{said} ({count(int(first['failed']))})"])
    shown = a["organisations_intro"].format(shown=len(rows), all=len(sums))
    return {"rows": rows, "intro": shown}


def _note(note: str, t: Texts) -> str:
    if language_of(t) == "en":
        return note
    forms = load_texts("en")["audit"]["notes"]
    return reworded(note, forms, t["audit"]["notes"])
