"""Draw the README's picture from the result of `make demo`.

Run ``python docs/make_picture.py demo-out`` from the repository; the same demo gives the same picture.
"""

import sys
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd

import creditrisk as cr
from creditrisk.grading.ratings import read_ratings
from creditrisk.indicators.frame import title_of
from creditrisk.validation.truth import compare_truth, read_truth

TARGET = Path(__file__).parent / "_static" / "records-to-classes.svg"
AS_OF = pd.Timestamp("2025-01-01")
SHOWN_FROM = pd.Timestamp("2020-01-01")
ENTITY = "91440303MAKXRYC18M"
ENTITIES = 96
RECORD_TYPES = {
    "inspection": "inspections 检查",
    "sampling_test": "product samples 抽检",
    "penalty": "penalties 处罚",
    "complaint": "complaints 投诉",
    "lawsuit": "lawsuits 诉讼",
    "abnormal_list": "abnormal list 列异",
}
MOVERS = 6
HIGHEST_P = 0.4

WIDTH, HEIGHT = 1040, 444
TIMES = (172.0, 326.0)
MOVES = (590.0, 682.0)
CHANCES = (396.0, 674.0)
CROWD = (752.0, 1018.0)
STYLE = """
.card { fill: #fff; stroke: #d9dee4 }
text { font: 13px system-ui, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  fill: #1d2733 }
.head { font-size: 16px; font-weight: 600 } .soft { fill: #556270; font-size: 12px }
.end { text-anchor: end } .mid { text-anchor: middle } .white { fill: #fff; font-weight: 600 }
.axis { stroke: #d9dee4 } .day { stroke: #1d2733; stroke-dasharray: 4 3 }
.late { fill: #fff; stroke: #556270 }
.known { fill: #54697d } .true { fill: #1d2733; stroke: #fff; stroke-width: .8 }
.raises { fill: #b3261e } .lowers { fill: #3b7ea8 } .arrow { fill: #9aa7b4 }
.A { fill: #3b7ea8; stroke: #3b7ea8 } .B { fill: #4f9d69; stroke: #4f9d69 }
.C { fill: #d98a1f; stroke: #d98a1f } .D { fill: #b3261e; stroke: #b3261e }
.range { stroke-width: 2; stroke-opacity: .75; stroke-linecap: round }
.share { stroke: #fff; stroke-width: 1 }
""".strip()


def text(x: float, y: float, words: str, css: str = "") -> str:
    """Return words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, css: str = "axis") -> str:
    """Return a line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" class="{css}"/>'


def dot(x: float, y: float, radius: float, css: str) -> str:
    """Return a disc."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" class="{css}"/>'


def bar(x: float, y: float, width: float, height: float, css: str) -> str:
    """Return a rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" class="{css}"/>'


def between(value: float, low: float, high: float, ends: tuple[float, float]) -> float:
    """Return where a value lies between two ends in pixels."""
    return ends[0] + (value - low) / (high - low) * (ends[1] - ends[0])


def when(day: pd.Timestamp) -> float:
    """Return where a day lies on the time axis."""
    return between(day.value, SHOWN_FROM.value, AS_OF.value, TIMES)


def timeline(registry: Path) -> list[str]:
    """Draw the entity's records by type, those that were not known on the day as empty discs."""
    parts = [text(24, 44, "1  Dated records 记录", "head")]
    for row, (name, label) in enumerate(RECORD_TYPES.items()):
        y = 96.0 + 35 * row
        table = pd.read_parquet(registry / f"{name}.parquet")
        own = table[table["entity_id"] == ENTITY].assign(
            happened=lambda rows: pd.to_datetime(rows["occurred_on"]),
            known=lambda rows: pd.to_datetime(rows["known_on"]),
        )
        parts += [text(24, y + 4, label), line(TIMES[0], y, TIMES[1], y)]
        own = own[(own["happened"] >= SHOWN_FROM) & (own["happened"] < AS_OF)]
        if "ended_on" in own:
            ends = pd.to_datetime(own["ended_on"]).fillna(AS_OF).clip(upper=AS_OF)
            parts += [
                bar(when(start), y - 4, when(end) - when(start), 8, "known")
                for start, end in zip(own["happened"], ends, strict=True)
            ]
        else:
            parts += [
                dot(when(day), y, 4.5, "known" if known < AS_OF else "late")
                for day, known in zip(own["happened"], own["known"], strict=True)
            ]
    years = [text(when(pd.Timestamp(year, 1, 1)), 306, str(year), "soft mid") for year in (2020, 2022, 2024)]
    note = [dot(30, 340, 4.5, "late"), text(42, 344, "happened, but not known on the day: not used", "soft")]
    day = [line(TIMES[1], 70, TIMES[1], 290, "day"), text(TIMES[1] + 6, 66, str(AS_OF.date()), "soft end")]
    return parts + years + note + day


def movers(contributions: pd.Series, X: pd.DataFrame) -> list[str]:
    """Draw the indicators that moved the entity's probability most."""
    measured = contributions[[name for name in contributions.index if name in X.columns]]
    strongest = measured[measured.abs().nlargest(MOVERS).index]
    parts = [text(384, 44, "2  Indicators 指标", "head")]
    middle = (MOVES[0] + MOVES[1]) / 2
    for row, (name, points) in enumerate(strongest.items()):
        y = 66.0 + 21 * row
        width = abs(points) / strongest.abs().max() * (MOVES[1] - middle)
        css = "raises" if points > 0 else "lowers"
        parts += [
            text(MOVES[0] - 8, y + 11, short(title_of(X, str(name))), "soft end"),
            bar(middle if points > 0 else middle - width, y, width, 14, css),
        ]
    legend = [text(middle - 6, 206, "lowers", "soft end"), text(middle + 6, 206, "raises risk", "soft")]
    return [*parts, line(middle, 60, middle, 60 + 21 * MOVERS), *legend]


def short(title: str, most: int = 31) -> str:
    """Return a title cut to a length."""
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def believed(draws: np.ndarray, row: pd.Series, true_p: float) -> list[str]:
    """Draw the posterior of p, its interval, the truth, and the probabilities of the classes."""
    grid = np.linspace(0, HIGHEST_P, 121)
    width = 1.06 * draws.std() * len(draws) ** -0.2
    density = np.exp(-0.5 * ((grid[:, None] - draws) / width) ** 2).mean(axis=1)
    across = [between(p, 0, HIGHEST_P, CHANCES) for p in grid]
    down = 322 - density / density.max() * 66
    shape = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, down, strict=True))
    lower, upper = (between(row[f"p_violation_{end}"], 0, HIGHEST_P, CHANCES) for end in ("lower", "upper"))
    parts = [
        text(384, 244, "3  Posterior 后验分布", "head"),
        f'<path d="M{shape}Z" fill="#dfe5eb" stroke="#9aa7b4"/>',
        line(*(CHANCES[0], 322), *(CHANCES[1], 322)),
        bar(lower, 319.5, upper - lower, 5, "known"),
        dot(between(true_p, 0, HIGHEST_P, CHANCES), 322, 4.5, "true"),
        text(CHANCES[1], 272, "p of a violation", "soft end"),
        text(CHANCES[1], 288, "in 12 months", "soft end"),
    ]
    parts += [
        text(between(p, 0, HIGHEST_P, CHANCES), 340, f"{p:.0%}", "soft mid") for p in (0, 0.1, 0.2, 0.3, 0.4)
    ]
    money = [f"{row[f'expected_loss_cny{end}']:,.0f}" for end in ("", "_lower", "_upper")]
    loss = f"p × loss 预期损失: {money[0]} CNY ({money[1]}–{money[2]})"
    parts.append(text(CHANCES[0], 368, loss, "soft"))
    start = CHANCES[0]
    for letter in "ABCD":
        size = row[f"prob_{letter}"] * (CHANCES[1] - CHANCES[0])
        parts.append(bar(start, 380, size, 24, f"{letter} share"))
        if size > 48:
            parts.append(text(start + size / 2, 397, f"{letter} {row[f'prob_{letter}']:.0%}", "white mid"))
        elif size > 16:
            parts.append(text(start + size / 2, 397, letter, "white mid"))
        start += size
    return parts


def crowd(table: pd.DataFrame, coverage: float) -> list[str]:
    """Draw the intervals of many entities with their true probabilities, by class."""
    low, high, bottom, top = np.log(0.0025), 0.0, 366.0, 78.0
    shown = table.sort_values("p_violation").iloc[:: len(table) // ENTITIES]

    def height(p: float) -> float:
        return between(max(np.log(p), low), low, high, (bottom, top))

    parts = [text(716, 44, "4  A class for every entity 等级", "head")]
    for p in (0.01, 0.1, 1):
        y = height(p)
        parts += [line(CROWD[0], y, CROWD[1], y), text(744, y + 4, f"{p:.0%}", "soft end")]
    for place, (_, row) in enumerate(shown.iterrows()):
        x = between(place + 0.5, 0, len(shown), CROWD)
        ends = height(row["p_violation_lower"]), height(row["p_violation_upper"])
        parts += [line(x, ends[0], x, ends[1], f"range {row['risk_class']}")]
        parts += [dot(x, height(row["true_p"]), 1.9, "true")]
    for place, letter in enumerate("ABCD"):
        x = 764.0 + 28 * place
        parts += [bar(x, 88, 22, 20, letter), text(x + 11, 103, letter, "white mid")]
    parts += [
        dot(772, 124, 3, "true"),
        text(782, 128, "true p", "soft"),
        text(880, 103, "by p × loss", "soft"),
    ]
    told = f"{coverage:.0%} of all 90% intervals hold the truth"
    return [*parts, text(CROWD[0], 397, told, "soft")]


def arrow(x: float, y: float) -> str:
    """Return an arrow head that points to the right."""
    return f'<path d="M{x} {y - 9}l12 9l-12 9z" class="arrow"/>'


def picture(demo: Path) -> str:
    """Return the picture as SVG text."""
    registry, result = demo / "registry", demo / "result"
    ratings = read_ratings(result / "ratings.parquet")
    truth = read_truth(registry / "truth" / "truth.parquet")
    now = truth[pd.to_datetime(truth["as_of"]) == AS_OF].set_index("entity_id")
    table = ratings.table.join(now["p_violation"].rename("true_p"))
    X = cr.IndicatorExtractor(cr.load_system("general")).transform(cr.read_records(registry).as_of(AS_OF))
    posterior = cr.load_model(result / "model.nc").posterior(X.loc[[ENTITY]])
    parts = [
        *timeline(registry),
        arrow(342, 180),
        *movers(posterior.contributions.loc[ENTITY], X),
        *believed(posterior.p[:, 0], table.loc[ENTITY], table.loc[ENTITY, "true_p"]),
        arrow(694, 300),
        *crowd(table, compare_truth(ratings, truth).coverage_p),
        text(
            24,
            428,
            "A simulated registry; dark dots: the true probability, which only a simulation knows",
            "soft",
        ),
    ]
    alt = "One entity from its dated records to its class, and the intervals of many entities with the truth"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{alt}</title><style>{STYLE}</style>"
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="10" class="card"/>'
        + "\n".join(parts)
        + "</svg>\n"
    )


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(picture(Path(sys.argv[1])), encoding="utf-8")
