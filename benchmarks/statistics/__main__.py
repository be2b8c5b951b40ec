"""Is the posterior what it says it is?

    python -m benchmarks.statistics [--quick] [--only sbc|agreement|selection|panel]

Simulation-based calibration with a planted wrong prior, the surrogate against exact NUTS on five settings,
the violation rate of everybody from selective labels, and intervals on a panel. `--quick` makes a fifth of
the replications: a look, not a judgement.
"""

import argparse
from typing import Any

from benchmarks.statistics import agreement, panel, sbc, selection
from benchmarks.table import Bar, print_bars, print_json, print_table

Figures = dict[str, dict[str, float]]
Bars = dict[str, Bar]


def calibration(quick: bool) -> tuple[Figures, Bars]:
    """Return figures and bars of simulation-based calibration; p-values are corrected by Bonferroni.

    Parameters
    ----------
    quick : bool
        Whether with fewer replications.

    Returns
    -------
    tuple of figures and bars
        By name.
    """
    number = 40 if quick else 200
    p_values, figures = sbc.calibration(number, sbc.PRIORS, seed=1000)
    wrong, _ = sbc.calibration(number, sbc.WRONG, seed=5000)
    rows = {name: {"p": p_values[name], "p, wrong prior": wrong[name]} for name in p_values}
    bars = {
        "SBC: smallest corrected p-value": Bar(
            value=min(1.0, len(p_values) * min(p_values.values())), sign="≥", limit=0.01
        ),
        "SBC: the same under a planted wrong prior": Bar(
            value=min(1.0, len(wrong) * min(wrong.values())), sign="≤", limit=0.01
        ),
        "coverage of 90 % intervals of p, at least": Bar(value=figures["covered"], sign="≥", limit=0.88),
        "coverage of 90 % intervals of p, at most": Bar(value=figures["covered"], sign="≤", limit=0.92),
    }
    return {**rows, "all replications": figures}, bars


def agreeing(quick: bool) -> tuple[Figures, Bars]:
    """Return figures and bars of the surrogate against exact NUTS.

    Parameters
    ----------
    quick : bool
        Whether with fewer draws.

    Returns
    -------
    tuple of figures and bars
        By name.
    """
    rows = agreement.agreements(draws=1500 if quick else None)
    return rows, {
        "surrogate: largest gap of means in sd": Bar(
            value=max(row["mean_gap_max"] for row in rows.values()), sign="≤", limit=0.1
        ),
        "surrogate: smallest ratio of sd": Bar(
            value=min(row["sd_ratio_min"] for row in rows.values()), sign="≥", limit=0.95
        ),
        "surrogate: largest ratio of sd": Bar(
            value=max(row["sd_ratio_max"] for row in rows.values()), sign="≤", limit=1.05
        ),
    }


def selecting(quick: bool) -> tuple[Figures, Bars]:
    """Return figures and bars of the population's violation rate from selective labels.

    Parameters
    ----------
    quick : bool
        Whether with fewer replications.

    Returns
    -------
    tuple of figures and bars
        By name.
    """
    figures = selection.rates(60 if quick else 300)
    ratio = abs(figures["bias of ours"]) / abs(figures["bias of naive"])
    return {"selection": figures}, {
        "selection: bias as a share of the naive fit's": Bar(value=ratio, sign="≤", limit=0.25),
        "selection: coverage of the population rate": Bar(value=figures["covered"], sign="≥", limit=0.85),
    }


def paneled(quick: bool) -> tuple[Figures, Bars]:
    """Return figures and bars of the slopes of a panel.

    Parameters
    ----------
    quick : bool
        Whether with fewer replications.

    Returns
    -------
    tuple of figures and bars
        By name.
    """
    rows = panel.coverage(20 if quick else 100)
    held = rows["aware"]["all"]
    return {f"panel, {name}": by for name, by in rows.items()}, {
        "panel: coverage of 90 % intervals of slopes, at least": Bar(value=held, sign="≥", limit=0.85),
        "panel: coverage of 90 % intervals of slopes, at most": Bar(value=held, sign="≤", limit=0.95),
    }


SECTIONS = {"sbc": calibration, "agreement": agreeing, "selection": selecting, "panel": paneled}


def main() -> None:
    """Run the sections asked for and print tables, bars and the JSON line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics")
    parser.add_argument("--quick", action="store_true", help="a fifth of the replications")
    parser.add_argument("--only", choices=list(SECTIONS), help="one section")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    bars: Bars = {}
    for name in [options.only] if options.only else list(SECTIONS):
        rows, held = SECTIONS[name](options.quick)
        print_table(name, rows)
        figures[name] = rows
        bars |= held
    print_bars(bars)
    print_json("statistics", figures, {}, bars)


if __name__ == "__main__":
    main()
