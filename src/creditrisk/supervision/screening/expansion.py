"""Tags replaced by what they mean, and tags that mean themselves refused."""

from collections.abc import Mapping

from creditrisk.errors import SpecError
from creditrisk.supervision.screening.expression import All, Any, Expression, Not, Tag, tags_in

type Rules = Mapping[str, Expression]


def expanded(rule: Expression, rules: Rules) -> Expression:
    """Return a rule with its tags replaced by their rules, all the way down.

    Parameters
    ----------
    rule : rule
        The rule.
    rules : mapping of str to rule
        What each tag means; none means itself.

    Returns
    -------
    rule
        Of tests only.

    Examples
    --------
    >>> expanded(Not(Tag("nobody")), {"nobody": Any(())})
    Not(rule=Any(rules=()))
    """
    match rule:
        case Tag(tag=name):
            return expanded(rules[name], rules)
        case Not(rule=inner):
            return Not(expanded(inner, rules))
        case All(rules=parts):
            return All(tuple(expanded(part, rules) for part in parts))
        case Any(rules=parts):
            return Any(tuple(expanded(part, rules) for part in parts))
        case _:
            return rule


def check_acyclic(rules: Rules) -> None:
    """Check that no tag is defined by itself.

    Parameters
    ----------
    rules : mapping of str to rule
        What each tag means.

    Raises
    ------
    SpecError
        If one is.

    Examples
    --------
    >>> check_acyclic({"a": Tag("b"), "b": Not(Tag("a"))})
    Traceback (most recent call last):
    ...
    creditrisk.errors.SpecError: A tag is not defined by itself; got a → b → a: take one of them out.
    """
    done: set[str] = set()
    for name in rules:
        _follow(name, rules, (), done)


def _follow(name: str, rules: Rules, above: tuple[str, ...], done: set[str]) -> None:
    if name in above:
        circle = " → ".join([*above[above.index(name) :], name])
        raise SpecError(f"A tag is not defined by itself; got {circle}: take one of them out.")
    if name in done:
        return
    for other in tags_in(rules[name]):
        _follow(other, rules, (*above, name), done)
    done.add(name)
