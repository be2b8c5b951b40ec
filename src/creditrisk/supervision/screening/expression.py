"""Rules: tests and tags, put together by all, any and not.

As a TOML file says it::

    when = { all = [{ measure = "days_left", below = 61 }, { not = { tag = "revoked" } }] }

Every rule is true or false for every entity: what is missing meets no test, and so meets its opposite.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as Anything

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.toml_file import parse
from creditrisk.supervision.screening.test import Booleans, Test

WORDS = ("all", "any", "not", "tag", "measure")


@dataclass(frozen=True, slots=True)
class All:
    """All of several rules; true if there is none.

    Parameters
    ----------
    rules : tuple of rules
        The parts.
    """

    rules: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of several rules; false if there is none.

    Parameters
    ----------
    rules : tuple of rules
        The parts.
    """

    rules: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a rule.

    Parameters
    ----------
    rule : rule
        The rule.
    """

    rule: "Expression"


@dataclass(frozen=True, slots=True)
class Tag:
    """What another tag says.

    Parameters
    ----------
    tag : str
        Its id.
    """

    tag: str


type Expression = All | Any | Not | Tag | Test


def parse_expression(written: object, where: str) -> Expression:
    """Read a rule as a TOML file says it.

    Parameters
    ----------
    written : mapping
        One of ``{all = [...]}``, ``{any = [...]}``, ``{not = {...}}``, ``{tag = "..."}``, or a test.
    where : str
        What to call the whole in an error.

    Returns
    -------
    All, Any, Not, Tag or Test
        The rule.

    Raises
    ------
    SpecError
        If it is none of these.

    Examples
    --------
    >>> parse_expression({"not": {"tag": "listed"}}, "a rule")
    Not(rule=Tag(tag='listed'))
    """
    if not isinstance(written, Mapping) or not written:
        raise SpecError(
            f"In {where} a rule is a table with {', '.join(WORDS)}; got {shown(written)}: write one."
        )
    words = [word for word in WORDS if word in written]
    if len(words) != 1 or (words != ["measure"] and len(written) > 1):
        unknown = next((str(key) for key in written if key not in words), " and ".join(words))
        raise SpecError(
            f"In {where} a rule says one of {', '.join(WORDS)}; got {shown(dict(written))}: "
            f"move {unknown!r} into a rule of its own."
        )
    word = words[0]
    if word == "measure":
        return parse(Test, dict(written), where)
    if word == "tag":
        return Tag(str(written["tag"]))
    if word == "not":
        return Not(parse_expression(written["not"], where))
    parts = written[word]
    if not isinstance(parts, list | tuple):
        raise SpecError(f"In {where} `{word}` is a list of rules; got {shown(parts)}: put it into brackets.")
    rules = tuple(parse_expression(part, where) for part in parts)
    return All(rules) if word == "all" else Any(rules)


def tests_in(rule: Expression) -> list[Test]:
    """Return the tests of a rule, those of its tags not included.

    Parameters
    ----------
    rule : rule
        The rule.

    Returns
    -------
    list of Test
        In the order of the text.
    """
    match rule:
        case Test():
            return [rule]
        case Tag():
            return []
        case Not(rule=inner):
            return tests_in(inner)
        case All(rules=parts) | Any(rules=parts):
            return [test for part in parts for test in tests_in(part)]


def tags_in(rule: Expression) -> list[str]:
    """Return the tags that a rule names itself.

    Parameters
    ----------
    rule : rule
        The rule.

    Returns
    -------
    list of str
        In the order of the text.
    """
    match rule:
        case Tag(tag=name):
            return [name]
        case Test():
            return []
        case Not(rule=inner):
            return tags_in(inner)
        case All(rules=parts) | Any(rules=parts):
            return [tag for part in parts for tag in tags_in(part)]


def holds(rule: Expression, X: pd.DataFrame, tags: Mapping[str, Booleans] | None = None) -> Booleans:
    """Return for whom a rule holds.

    Parameters
    ----------
    rule : rule
        The rule.
    X : DataFrame
        Measures by column.
    tags : mapping of str to ndarray of bool, optional
        For whom each tag holds that the rule names.

    Returns
    -------
    ndarray of bool, (rows of X,)
        Never missing.

    Raises
    ------
    SpecError
        If a number is compared with text.

    Examples
    --------
    >>> X = pd.DataFrame({"fine": [0.0, 900.0, None]})
    >>> holds(Not(Test(measure="fine", at_least=1)), X).tolist()
    [True, False, True]
    """
    match rule:
        case Test():
            return rule.holds(X)
        case Tag(tag=name):
            return (tags or {})[name]
        case Not(rule=inner):
            return ~holds(inner, X, tags)
        case All(rules=parts):
            every = np.ones(len(X), dtype=bool)
            for part in parts:
                every &= holds(part, X, tags)
            return every
        case Any(rules=parts):
            some = np.zeros(len(X), dtype=bool)
            for part in parts:
                some |= holds(part, X, tags)
            return some


def check_measures(rule: Expression, known: Mapping[str, Anything], where: str) -> None:
    """Check that every measure of a rule is there.

    Parameters
    ----------
    rule : rule
        The rule.
    known : mapping by str
        The measures that are there.
    where : str
        What to call the whole in an error.

    Raises
    ------
    SpecError
        If one is not.
    """
    for test in tests_in(rule):
        for name in sorted(test.measures - set(known)):
            raise SpecError(f"In {where} the measure {name!r} is not stated.{hint(name, known)}")
