"""The command ``creditrisk monitor``: what the monitoring points find, and the log of alerts that grows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creditrisk.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from creditrisk.supervision.monitoring.find import Findings
    from creditrisk.supervision.monitoring.point import MonitoringPoint


def monitor(
    records: Annotated[
        str, typer.Argument(metavar="RECORDS", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    as_of: Annotated[
        list[str], typer.Option(help="The day to look at; repeat for several days, the earliest first.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for log.csv (all events) and open.csv (open alerts).")],
    log: Annotated[
        Path | None, typer.Option(help="The log so far, with the bureau's notices and corrections.")
    ] = None,
    point: Annotated[
        list[str] | None, typer.Option(help="Name or TOML file; repeat for more [default: all packaged]")
    ] = None,
    watched: Annotated[
        Path | None, typer.Option(help="Text file of entity ids, one a line: watch these only.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    language: Annotated[Language, typer.Option(help="Language of titles and stages.")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look at monitoring points, raise each alert once and clear those that are over.

    \b
    Example:
      creditrisk monitor registry --as-of 2025-01-01 --log alerts/log.csv --out alerts
    """
    from creditrisk.assessment import writable_folder
    from creditrisk.records.id_list import read_ids
    from creditrisk.records.read import read_records
    from creditrisk.supervision.monitoring.board import open_alerts
    from creditrisk.supervision.monitoring.find import find_on_days
    from creditrisk.supervision.monitoring.log import empty_log, extend_log
    from creditrisk.supervision.monitoring.log_file import read_log, write_log
    from creditrisk.supervision.monitoring.point import load_point, packaged_points

    points = [load_point(name) for name in point or packaged_points()]
    grown = before = empty_log() if log is None else read_log(log)
    ids = None if watched is None else read_ids(watched)
    source, folder = read_records(records, mapping=mapping), writable_folder(out)
    for findings in find_on_days(source, points, as_of, entities=ids):
        grown = extend_log(grown, findings)
    still = open_alerts(grown, points, on=findings.on, language=language.value)
    write_log(grown, folder / "log.csv")
    still.to_csv(folder / "open.csv", index=False, encoding="utf-8-sig")
    counts = _counts(points, findings, grown.iloc[len(before) :], still, language)
    if as_json:
        typer.echo(json.dumps(_summary(counts, findings, folder), ensure_ascii=False, allow_nan=False))
    else:
        _print(counts, findings, folder, language)


def _counts(
    points: "Sequence[MonitoringPoint]",
    findings: "Findings",
    added: "pd.DataFrame",
    still: "pd.DataFrame",
    language: Language,
) -> "pd.DataFrame":
    """Return what each point found, raised and cleared."""
    import pandas as pd

    table = pd.DataFrame(index=pd.Index([one.id for one in points], name="point"))
    table["title"] = [one.title_zh if language == Language.ZH else one.title_en for one in points]
    columns = {
        "found": findings.table["point"],
        "raised": added.loc[added["kind"] == "found", "point"],
        "over": added.loc[added["kind"] == "over", "point"],
        "open": still["point"],
    }
    for name, ids in columns.items():
        table[name] = ids.value_counts().reindex(table.index, fill_value=0)
    return table


def _summary(counts: "pd.DataFrame", findings: "Findings", folder: Path) -> dict[str, Any]:
    return {
        "log": str(folder / "log.csv"),
        "open": str(folder / "open.csv"),
        "as_of": str(findings.on),
        "points": counts.to_dict("index"),
        "absent": list(findings.absent),
    }


def _print(counts: "pd.DataFrame", findings: "Findings", folder: Path, language: Language) -> None:
    from creditrisk.console import print_table, say

    zh = language == Language.ZH
    heads = ("当日发现", "新增预警", "消除", "未结") if zh else ("found", "new alerts", "over", "open")
    shown = counts.drop(index=list(findings.absent)).set_index("title")
    formats = {
        name: (head, ",d") for name, head in zip(("found", "raised", "over", "open"), heads, strict=True)
    }
    title = f"风险监测点 {findings.on}" if zh else f"Monitoring points, {findings.on}"
    print_table(title, shown, formats, first="监测点" if zh else "point")
    if findings.absent:
        absent = ", ".join(counts.loc[list(findings.absent), "title"])
        say(f"缺少数据，无法判断：{absent}" if zh else f"Nothing is known, for want of records: {absent}.")
    files = (folder / "open.csv", folder / "log.csv")
    say("未结预警：{}；日志：{}".format(*files) if zh else "Open alerts: {}; the log: {}".format(*files))
