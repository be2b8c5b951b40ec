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
    """Print what a model file holds, after checking it: on what and when it was trained, how its fits went,
    its columns, groups and draws, and the cuts of the policy.toml beside it.

    \b
    Example:
      creditrisk model show result/model.nc
    """
    from creditrisk.models.file import load_model

    found = described(load_model(file)) | {"policy": policy_beside(file)}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return
    from creditrisk.console import print_rows, say

    say(found["trained_on"]["sentence"])
    for part in ("violation", "loss"):
        about = found[part]
        say(f"Fit of the {part} model: {about['sentence']}")
        title = f"{part}: {about['draws']:,} draws, {len(about['terms'])} terms"
        rows = [(one["name"], one["kind"], one["direction"], str(one["levels"])) for one in about["terms"]]
        print_rows(title, ("column", "kind", "direction", "levels"), rows)
    say(f"Losses are in {found['currency']}; families: {', '.join(found['loss']['families'])}.")
    say(_said_of(found["policy"]))


def described(model: "RiskModel") -> dict[str, Any]:
    """Return what a model is, as plain values.

    Parameters
    ----------
    model : RiskModel
        A fitted one.

    Returns
    -------
    dict
        Currency; what it was trained on; of each part its status, draws, groups and terms.
    """
    from creditrisk.models.effects.tree import group_names

    about = model.trained_on_
    trained = about.to_dict() | {"sentence": about.sentence}
    parts: dict[str, Any] = {"currency": model.currency_, "trained_on": trained}
    for name, fitted in (("violation", model.violation_), ("loss", model.loss_)):
        status, posterior = fitted.status_, fitted.posterior_
        parts[name] = {
            "state": str(status.state),
            "sentence": status.sentence,
            "rows": status.rows,
            "draws": len(posterior.intercept),
            "groups": list(group_names(fitted.groups)),
            "terms": [
                {"name": one.name, "kind": one.kind, "direction": one.direction, "levels": one.n_levels}
                for one in posterior.design.terms
            ],
        }
    parts["loss"]["families"] = list(model.loss_.family_weights_)
    return parts


def policy_beside(file: Path) -> dict[str, Any] | None:
    """Return how the policy that lies beside a model file cuts, as plain values.

    Parameters
    ----------
    file : Path
        The model file.

    Returns
    -------
    dict or None
        Name, version, what is cut and where; None if there is no ``policy.toml``.

    Raises
    ------
    CreditRiskError
        If the policy cannot be read.
    """
    from creditrisk.grading.file import load_policy

    path = file.with_name("policy.toml")
    if not path.exists():
        return None
    policy = load_policy(path)
    cuts = None if policy.cuts is None else list(policy.cuts)
    return {"name": policy.name, "version": policy.version, "on": policy.on, "cuts": cuts}


def _said_of(policy: dict[str, Any] | None) -> str:
    if policy is None:
        return "No policy.toml lies beside it, so that it has no cuts."
    if policy["cuts"] is None:
        return f"The policy beside it, {policy['name']} {policy['version']}, grades by a matrix."
    cuts = ", ".join(f"{cut:g}" for cut in policy["cuts"])
    return (
        f"The policy beside it, {policy['name']} {policy['version']}, cuts {policy['on']} at {cuts}: there "
        "B, C and D begin."
    )
