"""The command ``creditrisk model show``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from creditrisk.models.risk import RiskModel

app = typer.Typer(
    name="model",
    help="Look at model files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def model() -> None:
    """Look at model files."""


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What RiskModel.save or assess wrote.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print what a model file holds, after checking it: columns, groups, draws and how its fits went.

    \b
    Example:
      creditrisk model show result/model.nc
    """
    from creditrisk.models.file import load_model

    found = described(load_model(file))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return
    from creditrisk.console import print_rows, say

    for part in ("violation", "loss"):
        about = found[part]
        say(f"Fit of the {part} model: {about['sentence']}")
        title = f"{part}: {about['draws']:,} draws, {len(about['terms'])} terms"
        rows = [(one["name"], one["kind"], one["direction"], str(one["levels"])) for one in about["terms"]]
        print_rows(title, ("column", "kind", "direction", "levels"), rows)
    say(f"Losses are in {found['currency']}; families: {', '.join(found['loss']['families'])}.")


def described(model: "RiskModel") -> dict[str, Any]:
    """Return what a model is, as plain values.

    Parameters
    ----------
    model : RiskModel
        A fitted one.

    Returns
    -------
    dict
        Currency; of each part its status, draws, groups and terms.
    """
    parts: dict[str, Any] = {"currency": model.currency_}
    for name, fitted in (("violation", model.violation_), ("loss", model.loss_)):
        status, posterior = fitted.status_, fitted.posterior_
        parts[name] = {
            "state": str(status.state),
            "sentence": status.sentence,
            "rows": status.rows,
            "draws": len(posterior.intercept),
            "groups": list(fitted.groups),
            "terms": [
                {"name": one.name, "kind": one.kind, "direction": one.direction, "levels": one.n_levels}
                for one in posterior.design.terms
            ],
        }
    parts["loss"]["families"] = list(model.loss_.family_weights_)
    return parts
