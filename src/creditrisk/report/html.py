"""The report as one HTML file: no network, inline styles and pictures, in English or Chinese."""

from pathlib import Path
from typing import TYPE_CHECKING

from creditrisk.report import sections
from creditrisk.report.calibration import calibration
from creditrisk.report.content import ReportContent
from creditrisk.report.data import data
from creditrisk.report.figures import share
from creditrisk.report.fits import fits
from creditrisk.report.grounds import grounds
from creditrisk.report.language import load_texts

if TYPE_CHECKING:
    from jinja2 import Environment


def render_report(content: ReportContent, *, language: str = "en") -> str:
    """Return the report as the text of one HTML page.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    language : {"en", "zh"}, default "en"
        The language of the page.

    Returns
    -------
    str
        A complete HTML document that loads nothing else.

    Raises
    ------
    SpecError
        If there are no texts in that language.
    """
    t = load_texts(language)
    ratings = content.ratings
    return (
        page_environment()
        .get_template("report.html.j2")
        .render(
            t=t,
            as_of=ratings.as_of,
            months=content.months,
            currency=ratings.currency,
            interval=share(ratings.interval, 0),
            policy=ratings.policy,
            system=content.system_zh if language == "zh" else content.system_en,
            key=sections.key_figures(content, t),
            classes=sections.classes(content, t),
            grounds=grounds(content, t),
            plane=sections.p_and_loss(content, t),
            importance=sections.importance(content, t),
            calibration=calibration(content, t),
            labelled=sections.labelled(content, t),
            rules=sections.rules(content, t),
            fits=fits(content, t),
            data=data(content, t),
        )
    )


def write_report(content: ReportContent, path: str | Path, *, language: str = "en") -> None:
    """Write the report to a file.

    Parameters
    ----------
    content : ReportContent
        The results to show.
    path : str or Path
        The HTML file to write.
    language : {"en", "zh"}, default "en"
        The language of the page.
    """
    Path(path).write_text(render_report(content, language=language), encoding="utf-8")


def page_environment() -> "Environment":
    """Return where pages find their templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("creditrisk.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
