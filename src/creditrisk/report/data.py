"""What was missing, set aside or not read, in the language of the page."""

import re

from creditrisk.indicators.frame import absent_of, title_of
from creditrisk.records.tables import TABLES
from creditrisk.report.content import ReportContent
from creditrisk.report.figures import count
from creditrisk.report.language import load_texts
from creditrisk.report.sections import Section, Texts, language_of


def data(content: ReportContent, t: Texts) -> Section:
    """Return what was missing, set aside or not read.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict
        `absent`, `rows` of rejections and `ignored`.
    """
    absent = [title_of(content.X, name, language_of(t)) for name in absent_of(content.X)]
    counts = [] if content.rejections is None else content.rejections.to_dict("records")
    rows = [[_table(str(r["table"]), t), said_as(str(r["rule"]), t), count(int(r["rows"]))] for r in counts]
    return {"absent": absent, "rows": rows, "ignored": list(content.ignored)}


def said_as(rule: str, t: Texts) -> str:
    """Return a rule that records broke, in the language of the page; as it came if its form is unknown.

    Parameters
    ----------
    rule : str
        The rule as reading the records words it, in English.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    str
        The same rule.

    Examples
    --------
    >>> said_as("fine_cny is below 0", load_texts("zh"))
    'fine_cny 小于 0'
    """
    for name, form in load_texts("en")["data"]["broken"].items():
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(form)), rule)
        if found:
            return str(t["data"]["broken"][name].format(**found.groupdict()))
    return rule


def _table(name: str, t: Texts) -> str:
    if name not in TABLES:
        return name
    title = TABLES[name].title_zh if language_of(t) == "zh" else TABLES[name].title_en
    return f"{title} ({name})"
