"""The commands ``creditrisk tags`` and ``creditrisk screen``: who has which tag, and whom a rule picks."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creditrisk.language import Language

if TYPE_CHECKING:
    import pandas as pd

    from creditrisk.supervision.screening.registry import TagRegistry
    from creditrisk.supervision.screening.screen import Tagged

Records = Annotated[
    str, typer.Argument(metavar="RECORDS", help="Folder of Parquet or CSV files, or a .duckdb file.")
]
AsOf = Annotated[str, typer.Option(help="The day: only what was known before it counts.")]
Registry = Annotated[
    list[str] | None,
    typer.Option(help="Name or TOML file of tags; repeat to add to it [default: market_supervision]"),
]
Result = Annotated[
    Path | None, typer.Option(help="Folder of an assessment, for tags that read the class of an entity.")
]
Mapping = Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def tags(
    records: Records,
    as_of: AsOf,
    out: Annotated[Path, typer.Option(help="File for the tags, one row an entity: .csv or .parquet.")],
    registry: Registry = None,
    tag: Annotated[list[str] | None, typer.Option(help="Id of a tag; repeat for more [default: all]")] = None,
    result: Result = None,
    mapping: Mapping = None,
    language: Annotated[Language, typer.Option(help="Language of titles.")] = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Tag every entity: what it is, how it behaves and how it is classified.

    \b
    Example:
      creditrisk tags registry --as-of 2025-01-01 --result result --out tags.csv
    """
    from creditrisk.records.read import read_records
    from creditrisk.supervision.screening.registry import load_tags
    from creditrisk.supervision.screening.screen import tag_entities

    file, known = _table_file(out), load_tags(*(registry or ["market_supervision"]))
    for name in tag or ():
        known.rule({"tag": name}, "the tags asked for")
    snapshot = read_records(records, mapping=mapping).as_of(as_of)
    tagged = tag_entities(snapshot, known, given=_given(result, known), tags=tag)
    _write(tagged.table.astype(int), file)
    if as_json:
        counts = {str(name): int(number) for name, number in tagged.table.sum().items()}
        said = {"tags": str(file), "entities": len(tagged.table), "counts": counts}
        _print_json(said | {"absent": list(tagged.absent)})
    else:
        _print_tags(tagged, known, file, language)


def screen(
    records: Records,
    as_of: AsOf,
    rule: Annotated[
        Path, typer.Option(help="TOML file of the rule: all, any and not over tags and measures.")
    ],
    out: Annotated[Path, typer.Option(help="File for those picked, with the measures: .csv or .parquet.")],
    registry: Registry = None,
    result: Result = None,
    mapping: Mapping = None,
    as_json: AsJson = False,
) -> None:
    """Pick the entities that a rule over tags and measures describes.

    \b
    Example:
      creditrisk screen registry --as-of 2025-01-01 --rule traders.toml --out traders.csv
    """
    from creditrisk.console import say
    from creditrisk.records.read import read_records
    from creditrisk.records.toml_file import read_toml
    from creditrisk.supervision.screening.registry import load_tags
    from creditrisk.supervision.screening.screen import screen as pick

    file, known = _table_file(out), load_tags(*(registry or ["market_supervision"]))
    read = known.rule(read_toml(rule), f"rule {rule.name!r}")
    snapshot = read_records(records, mapping=mapping).as_of(as_of)
    picked = pick(snapshot, known, read, given=_given(result, known))
    _write(picked, file)
    if as_json:
        _print_json({"picked": str(file), "entities": len(picked)})
    else:
        say(f"{len(picked):,} entities picked: {file}")


def _given(result: Path | None, registry: "TagRegistry") -> "pd.DataFrame | None":
    """Return what the registry is given of an assessment."""
    from creditrisk.grading.ratings import read_ratings

    if result is None:
        return None
    table = read_ratings(result / "ratings.parquet").table
    return table[[name for name in registry.given if name in table]]


def _table_file(out: Path) -> Path:
    from creditrisk.assessment import writable_folder
    from creditrisk.errors import SpecError

    if out.suffix not in (".csv", ".parquet"):
        raise SpecError(
            f"Entities are written to a file that ends with .csv or .parquet; got '{out}': rename it."
        )
    writable_folder(out.parent)
    return out


def _write(table: "pd.DataFrame", file: Path) -> None:
    if file.suffix == ".csv":
        table.to_csv(file, encoding="utf-8-sig")
    else:
        table.to_parquet(file)


def _print_tags(tagged: "Tagged", registry: "TagRegistry", file: Path, language: Language) -> None:
    from creditrisk.console import print_table, say

    zh = language == Language.ZH
    titles = {name: spec.title_zh if zh else spec.title_en for name, spec in registry.tags.items()}
    counts = tagged.table.sum().to_frame("entities")
    counts["share"] = counts["entities"] / max(len(tagged.table), 1)
    heads = {"entities": ("主体数" if zh else "entities", ",d"), "share": ("占比" if zh else "share", ".1%")}
    first = "标签" if zh else "tag"
    print_table("标签" if zh else "Tags", counts.rename(index=titles), heads, first=first)
    if tagged.absent:
        absent = ("、" if zh else ", ").join(titles[name] for name in tagged.absent)
        say(f"缺少数据，无法判断：{absent}" if zh else f"Not told, for want of records: {absent}.")
    say(f"标签文件：{file}" if zh else f"The tags: {file}")


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))
