"""Whether inference passed its checks, in words and figures."""

import numpy as np

from creditrisk.report.content import Fit, ReportContent
from creditrisk.report.sections import Texts, language_of


def fits(content: ReportContent, t: Texts) -> list[list[str]]:
    """Return a row a part of the model: its name, the verdict in words, its figures.

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
    parts = t["fit"]["parts"]
    return [[parts.get(fit.part, fit.part), _verdict(fit, t), _figures(fit, t)] for fit in content.fits]


def _verdict(fit: Fit, t: Texts) -> str:
    text = t["fit"]
    plain = fit.sentence if language_of(t) == "en" else ""
    words = (text["good"] if fit.ok else text["bad"], text["states"].get(fit.state, plain))
    return str(t["page"]["space"]).join(words).strip()


def _figures(fit: Fit, t: Texts) -> str:
    written = t["fit"]["written"]
    known = [written[name].format(fit.figures[name]) for name in written if _is_known(fit, name)]
    return t["page"]["comma"].join(known) or "–"


def _is_known(fit: Fit, name: str) -> bool:
    return bool(np.isfinite(fit.figures.get(name, np.nan)))
