"""On what grounds entities are D: direct determinations with their basis, the other rules, and the model."""

from creditrisk.indicators.rule import Rule
from creditrisk.report.content import ReportContent
from creditrisk.report.figures import count, share
from creditrisk.report.sections import Section, Texts, language_of


def grounds(content: ReportContent, t: Texts) -> Section:
    """Return the grounds of D, direct determinations (直接判定) first and apart from the model.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict
        `rows`: ground, kind, basis, entities, share of D and of all; `intro`, with the share that is direct.
    """
    found = content.ratings.grounds()
    rules = {rule.id: rule for rule in content.policy.rules}
    text = t["grounds"]
    rows = []
    for name, row in found.iterrows():
        rule = rules.get(str(name))
        title = text["model"] if rule is None else _title(rule, t)
        kind = text["direct"] if row["direct"] else text["other"]
        basis = "–" if rule is None else rule.basis or "–"
        figures = [count(int(row["entities"])), share(row["share_of_d"]), share(row["share"])]
        rows.append([title, "–" if rule is None else kind, basis, *figures])
    direct = found[found["direct"]]
    intro = text["intro"].format(
        direct=count(int(direct["entities"].sum())), share=share(float(direct["share_of_d"].sum()))
    )
    return {"rows": rows, "intro": intro}


def _title(rule: Rule, t: Texts) -> str:
    title = rule.title_zh if language_of(t) == "zh" else rule.title_en
    return str(title or rule.id)
