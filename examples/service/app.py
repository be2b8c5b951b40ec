"""The service: a model and a policy are loaded once, every request is answered from memory.

Errors are one sentence in ``{"error": …}``: 400 for what is no JSON, 413 for too much of it, 422 for values
that the model or a rule cannot read.
"""

import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from creditrisk import load_model, load_policy
from creditrisk.errors import CreditRiskError
from creditrisk.grading.grade_values import grade_values
from creditrisk.grading.policy import GradingPolicy
from creditrisk.models.file_checks import seal_of
from creditrisk.models.risk import RiskModel
from creditrisk.models.scoring.summarise import needed_columns
from examples.service.messages import Entities, Entity, Health, Rated, RatedBatch

MOST_BYTES = 4_000_000
NO_JSON = "The body must be JSON; it cannot be read as such: correct it."


def create_app(model_file: Path, policy_file: Path) -> FastAPI:
    """Return the service of a model and a policy; whatever is wrong with them is an error here."""
    model, policy = load_model(model_file), load_policy(policy_file)
    columns = columns_of(model, policy)
    grade_values(policy, model, dict.fromkeys(columns))  # lays out the draws before the first request
    assert "pymc" not in sys.modules, "A process that serves needs no PyMC."
    health = Health(
        status="ok",
        model=seal_of(model_file)[:16],
        policy=f"{policy.name} {policy.version}",
        columns=columns,
    )
    app = FastAPI(title="creditrisk", description="Risk classes; an internal reference, no public rating.")
    _tell_errors(app)

    def rated(entity: Entity) -> Rated:
        found = grade_values(policy, model, entity.values)
        return Rated.of(entity.entity_id, found, currency=model.currency_, policy=health.policy)

    @app.get("/health")
    async def is_up() -> Health:
        return health

    @app.post("/grade")
    async def grade(entity: Entity) -> Rated:
        return rated(entity)

    @app.post("/grade/batch")
    def grade_batch(batch: Entities) -> RatedBatch:  # in a thread, so that others are answered meanwhile
        return RatedBatch(ratings=[rated(entity) for entity in batch.entities])

    return app


def columns_of(model: RiskModel, policy: GradingPolicy) -> list[str]:
    """Return what a request must hold."""
    rules = [name for rule in policy.rules for name in (rule.indicator, rule.released_by) if name]
    return list(dict.fromkeys([*needed_columns(model), *rules]))


def _tell_errors(app: FastAPI) -> None:
    """Answer errors with one sentence, and refuse bodies that are too long before they are read."""

    @app.exception_handler(CreditRiskError)
    async def ours(request: Request, error: CreditRiskError) -> JSONResponse:
        return _error(422, str(error))

    @app.exception_handler(RequestValidationError)
    async def not_understood(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return _error(400, NO_JSON)
        place = ".".join(str(one) for one in first["loc"] if one != "body") or "the body"
        return _error(422, f"Field {place[:200]!r} cannot be read: {first['msg'].lower()}; see /docs.")

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:
            return _error(400, NO_JSON)
        return _error(
            error.status_code, f"{request.method} {request.url.path[:200]} is no request; see /docs."
        )

    @app.middleware("http")
    async def short(request: Request, call_next: Any) -> Any:
        if request.method == "POST":
            length = request.headers.get("content-length", "")
            if not length.isdigit():
                return _error(411, "A body needs its Content-Length; it has none: send it in one piece.")
            if int(length) > MOST_BYTES:
                return _error(413, f"A body has at most {MOST_BYTES:,} bytes; got {length}: send fewer.")
        return await call_next(request)


def _error(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=status)
