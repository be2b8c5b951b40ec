"""What was missing, set aside or not read, in the language of the page."""

import re
from collections.abc import Mapping

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
    rows = [
        [table_title(str(r["table"]), t), said_as(str(r["rule"]), t), count(int(r["rows"]))] for r in counts
    ]
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
    return reworded(rule, load_texts("en")["data"]["broken"], t["data"]["broken"])


def reworded(text: str, known: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """Return a sentence in the words of another language; as it came if its form is unknown.

    Parameters
    ----------
    text : str
        The sentence.
    known, wanted : mapping of str to str
        Forms with places to fill in, by the same names; the first one that fits is taken.

    Returns
    -------
    str
        The same sentence.

    Examples
    --------
    >>> reworded("3 of 4", {"part": "{some} of {all}"}, {"part": "{all}/{some}"})
    '4/3'
    """
    for name, form in known.items():
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(form)), text)
        if found:
            return str(wanted[name].format(**found.groupdict()))
    return text


def table_title(name: str, t: Texts) -> str:
    """Return the title of a record type with its name, in the language of the page.

    Parameters
    ----------
    name : str
        Its name.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    str
        Text; the name alone if there is no such record type.

    Examples
    --------
    >>> table_title("penalty", load_texts("zh"))
    '行政处罚 (penalty)'
    """
    if name not in TABLES:
        return name
    title = TABLES[name].title_zh if language_of(t) == "zh" else TABLES[name].title_en
    return f"{title} ({name})"
