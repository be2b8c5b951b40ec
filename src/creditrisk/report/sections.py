"""The sections of a report: each function turns results into rows and pictures ready for the page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.rules import find_hits
from creditrisk.models.effects.titles import term_title
from creditrisk.models.unit_loss import NO_CURRENCY
from creditrisk.report.charts import class_bars, class_names, loss_cuts, risk_plane, sample
from creditrisk.report.content import ReportContent
from creditrisk.report.figures import count, money, probability, share
from creditrisk.report.svg.bars import bars

Texts = Mapping[str, Any]
Section = dict[str, Any]

_TOP = 12


def key_figures(content: ReportContent, t: Texts) -> list[tuple[str, str]]:
    """Return the few numbers at the head of the page, each with its caption.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    list of (str, str)
        Figures and captions.
    """
    summary = content.ratings.summary()
    figures = [
        (count(len(content.ratings)), t["key"]["entities"]),
        (share(float(summary["share"].iloc[-1])), t["key"]["share_d"]),
        (count(int(summary["direct"].sum())), t["key"]["direct"]),
    ]
    if content.outcomes is not None:
        figures.append((share(float(content.outcomes["inspected"].mean())), t["key"]["labelled"]))
    return figures


def classes(content: ReportContent, t: Texts) -> Section:
    """Return the class table and the bars of the class distribution.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict
        `rows`, `chart` and `note`.
    """
    summary, table = content.ratings.summary(), content.ratings.table
    loss = f"mean_{content.ratings.loss_column}"
    names = class_names(t)
    by_class = summary.to_dict("index")
    rows = []
    for risk_class, name in zip(RiskClass, names, strict=True):
        row = by_class[str(risk_class)]
        sure = table.loc[table["risk_class"] == risk_class, f"prob_{risk_class}"].mean()
        numbers = [count(int(row["entities"])), share(row["share"]), probability(row["mean_p"])]
        rows.append([name, *numbers, money(row[loss]), count(int(row["direct"])), probability(float(sure))])
    note = str(content.policy.calibrated.get(f"note_{language_of(t)}", ""))
    return {"rows": rows, "chart": class_bars(content.ratings, t), "note": note}


def p_and_loss(content: ReportContent, t: Texts) -> Section:
    """Return the plane of probability and loss, over an even sample of the entities.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict
        `no_loss`, `shown`, `cuts` and `chart`.
    """
    ratings = content.ratings
    cuts = loss_cuts(content.policy)
    text = t["plane"]
    named = zip("BCD", cuts, strict=False)
    return {
        "no_loss": ratings.currency == NO_CURRENCY,
        "shown": count(len(sample(ratings))),
        "cuts": t["page"]["comma"].join(
            text["cut"].format(risk_class=letter, cut=money(cut), currency=ratings.currency)
            for letter, cut in named
        ),
        "chart": risk_plane(ratings, content.policy, months=content.months, t=t),
    }


def importance(content: ReportContent, t: Texts) -> Section | None:
    """Return the indicators that move the log-odds most, as bars and rows; None without contributions.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict or None
        `rows` and `chart`.
    """
    if content.contributions is None or content.contributions.empty:
        return None
    X, language = content.X, language_of(t)
    weight = content.contributions.abs().mean().sort_values(ascending=False, kind="stable").head(_TOP)
    titles = [term_title(X, str(term), language) for term in weight.index]
    unknown = [float(X[term].isna().mean()) if term in X.columns else 0.0 for term in weight.index]
    figures = [f"{value:.2f}" for value in weight]
    rows = [
        [title, figure, share(part)] for title, figure, part in zip(titles, figures, unknown, strict=True)
    ]
    alt = t["importance"]["alt"].format(first=titles[0])
    return {"rows": rows, "chart": bars(titles, weight.tolist(), figures, alt=alt)}


def labelled(content: ReportContent, t: Texts) -> Section | None:
    """Return who was inspected in the training periods, by channel; None without outcomes.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    dict or None
        `rows` and `intro`.
    """
    if content.outcomes is None:
        return None
    outcomes = content.outcomes
    inspected = outcomes[outcomes["inspected"].astype(bool)]
    channel = (
        inspected["channel"] if "channel" in inspected.columns else pd.Series(None, index=inspected.index)
    )
    named = t["labels"]["channels"]
    by_channel = inspected["violation"].groupby(channel.astype(object).fillna("unknown").to_numpy())
    rows = [
        [
            named.get(name, name),
            count(len(found)),
            share(len(found) / len(inspected)),
            share(float(found.mean())),
        ]
        for name, found in sorted(by_channel, key=lambda group: -len(group[1]))
    ]
    intro = t["labels"]["intro"].format(
        months=content.months,
        starts=t["page"]["comma"].join(content.trained_from) or "–",
        inspected=count(len(inspected)),
        cases=count(len(outcomes)),
        share=share(len(inspected) / max(len(outcomes), 1)),
    )
    return {"rows": rows, "intro": intro}


def rules(content: ReportContent, t: Texts) -> list[list[str]]:
    """Return a row a rule: title with basis, effect, entities that hit it, entities that it decided.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    t : mapping
        The texts of the page's language.

    Returns
    -------
    list of list of str
        Rows of cells.
    """
    hits = find_hits(content.policy.rules, content.X)
    decided = content.ratings.table["decided_by"].value_counts()
    rows = []
    for rule, hit in zip(hits.rules, hits.hit.T, strict=True):
        title = rule.title_zh if language_of(t) == "zh" else rule.title_en
        effect = t["rules"]["kinds"][rule.kind].format(risk_class=rule.risk_class, notches=rule.notches)
        basis = f" ({rule.basis})" if rule.basis else ""
        rows.append(
            [f"{rule.id} {title}{basis}", effect, count(int(hit.sum())), count(int(decided.get(rule.id, 0)))]
        )
    return rows


def language_of(t: Texts) -> Any:
    """Return the language of the texts.

    Parameters
    ----------
    t : mapping
        The texts of a page.

    Returns
    -------
    {"en", "zh"}
        The language.
    """
    return t["page"]["lang"][:2]
