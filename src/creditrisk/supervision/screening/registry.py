"""A registry of tags (标签): each a rule over measures and other tags, in layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from creditrisk.errors import SpecError, hint
from creditrisk.records.toml_file import FileSpec, as_path, load, parse, read_preset
from creditrisk.supervision.screening.expansion import check_acyclic, expanded
from creditrisk.supervision.screening.expression import (
    Expression,
    check_measures,
    parse_expression,
    tags_in,
)
from creditrisk.supervision.screening.measures import Measures, parse_measures

_FOLDER = resources.files("creditrisk.supervision.screening") / "registries"

type Kind = Literal["object", "behaviour", "classification"]


class Layer(FileSpec):
    """A layer of tags.

    Parameters
    ----------
    title_en, title_zh : str
        What people call it.

    Examples
    --------
    >>> Layer(title_en="approval", title_zh="审批信息").title_zh
    '审批信息'
    """

    title_en: str
    title_zh: str


class TagSpec(FileSpec):
    """One tag.

    Parameters
    ----------
    id : str
        Its id: lower case, digits and underscores.
    layer : str
        Id of its layer.
    kind : {"object", "behaviour", "classification"}
        Whether it says what an entity is (对象标签), how it behaves (表现标签), or how it is classified
        (分类标签).
    title_en, title_zh : str
        What people call it.
    source : {"published", "assumed"}
        Whether a published practice names it.
    basis : str, default ""
        Which one; empty if none is known.
    when : table
        The rule.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    layer: str
    kind: Kind
    title_en: str
    title_zh: str
    source: Literal["published", "assumed"]
    basis: str = ""
    when: dict[str, Any]


class RegistryFile(FileSpec):
    """What a file of tags may say.

    Parameters
    ----------
    id, version, title_en, title_zh : str
        Of the registry.
    given : list of str, default []
        Columns that are no measures of records but passed with them, such as `risk_class`.
    needs : table of str, default {}
        By measure, another one that must have a value for somebody; else the first is absent, as if its
        records were.
    layers : table of tables
        Titles by id.
    measures : table of tables
        What is measured: the keys of an indicator, by name.
    tags : list of tables
        The tags.
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    given: tuple[str, ...] = ()
    needs: dict[str, str] = Field(default_factory=dict)
    layers: dict[str, Layer] = Field(default_factory=dict)
    measures: dict[str, dict[str, Any]] = Field(default_factory=dict)
    tags: tuple[TagSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRegistry:
    """Tags, read and checked.

    Parameters
    ----------
    id, version, title_en, title_zh : str
        Of the last file.
    given : tuple of str
        Columns that are passed with the measures.
    needs : mapping of str to str
        By measure, another one that must have a value for somebody.
    layers : mapping of str to Layer
        By id.
    measures : mapping of str to Indicator
        By name.
    tags : mapping of str to TagSpec
        By id, in the order of the files.
    rules : mapping of str to rule
        The rule of each tag.
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    given: tuple[str, ...]
    needs: Mapping[str, str]
    layers: Mapping[str, Layer]
    measures: Measures
    tags: Mapping[str, TagSpec]
    rules: Mapping[str, Expression]

    def rule(self, written: object, where: str = "a screening rule") -> Expression:
        """Return a rule over the measures and tags of this registry.

        Parameters
        ----------
        written : mapping or rule
            As a TOML file says it, or read already.
        where : str, default "a screening rule"
            What to call it in an error.

        Returns
        -------
        rule
            Checked, with its tags replaced by what they mean.

        Raises
        ------
        SpecError
            If it is no rule, or names something that the registry does not have.
        """
        rule = parse_expression(written, where) if isinstance(written, Mapping) else written
        self._check(rule, where)  # type: ignore[arg-type]
        return expanded(rule, self.rules)  # type: ignore[arg-type]

    def _check(self, rule: Expression, where: str) -> None:
        check_measures(rule, {**self.measures, **dict.fromkeys(self.given)}, where)
        for name in tags_in(rule):
            if name not in self.tags:
                raise SpecError(f"In {where} the tag {name!r} is unknown.{hint(name, self.tags)}")


def load_tags(*names_or_paths: str | Path) -> TagRegistry:
    """Read one or several files of tags as one registry.

    Parameters
    ----------
    *names_or_paths : str or Path
        ``"market_supervision"``, or TOML files; a later one may use the measures and tags of those before.

    Returns
    -------
    TagRegistry
        All tags.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or something in it is wrong, twice there, unknown, or defined by itself.

    Examples
    --------
    >>> registry = load_tags("market_supervision")
    >>> len(registry.layers), len(registry.tags)
    (6, 42)
    """
    files = [_read(name) for name in names_or_paths]
    if not files:
        raise SpecError("A registry of tags needs a file; got none: name 'market_supervision', for instance.")
    layers: dict[str, Layer] = {}
    measures: dict[str, Any] = {}
    tags: dict[str, TagSpec] = {}
    for file in files:
        layers |= file.layers
        read = parse_measures(file.measures, file.id)
        _refuse_twice("measure", measures, list(read), file.id)
        measures |= read
        for tag in file.tags:
            _refuse_twice("tag", tags, [tag.id], file.id)
            if tag.layer not in layers:
                raise SpecError(
                    f"Tag {tag.id!r} has the unknown layer {tag.layer!r}.{hint(tag.layer, layers)}"
                )
            tags[tag.id] = tag
    last = files[-1]
    registry = TagRegistry(
        id=last.id,
        version=last.version,
        title_en=last.title_en,
        title_zh=last.title_zh,
        given=tuple(dict.fromkeys(name for file in files for name in file.given)),
        needs=_needs(files, measures),
        layers=layers,
        measures=measures,
        tags=tags,
        rules={tag.id: parse_expression(tag.when, f"tag {tag.id!r}") for tag in tags.values()},
    )
    for name, rule in registry.rules.items():
        registry._check(rule, f"tag {name!r}")
    check_acyclic(registry.rules)
    return registry


def _read(name: str | Path) -> RegistryFile:
    if as_path(name).suffix == ".toml":
        return load(RegistryFile, name, what="registry of tags")
    written = read_preset(_FOLDER, str(name), "tags")
    return parse(RegistryFile, written, f"registry of tags {name!r}")


def _needs(files: list[RegistryFile], measures: Measures) -> dict[str, str]:
    needs = {name: other for file in files for name, other in file.needs.items()}
    for name in [*needs, *needs.values()]:
        if name not in measures:
            raise SpecError(f"A measure needs another one; {name!r} is not stated.{hint(name, measures)}")
    return needs


def _refuse_twice(what: str, known: Mapping[str, Any], names: list[str], file: str) -> None:
    for name in names:
        if name in known:
            raise SpecError(
                f"A registry has each {what} once; {name!r} of {file!r} is there already: rename it."
            )
