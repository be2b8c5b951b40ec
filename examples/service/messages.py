"""What the service takes and gives, as JSON."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from creditrisk.grading.grade_values import RatedValues

MOST_ENTITIES = 500

Value = float | str | None


class Entity(BaseModel):
    """One entity: the value of every column that model and rules read, null where it is missing."""

    model_config = ConfigDict(extra="forbid")

    entity_id: Annotated[str, Field(max_length=200)] = ""
    values: Annotated[dict[str, Value], Field(max_length=2000)]


class Entities(BaseModel):
    """A small batch; millions are for `creditrisk grade`."""

    model_config = ConfigDict(extra="forbid")

    entities: Annotated[list[Entity], Field(min_length=1, max_length=MOST_ENTITIES)]


class Rated(BaseModel):
    """The answer for one entity; money is in `currency`, probabilities are 0 to 1."""

    entity_id: str
    risk_class: str
    model_class: str
    decided_by: str
    direct: bool
    rules_hit: list[str]
    probabilities: dict[str, float]
    p_violation: float
    p_violation_lower: float
    p_violation_upper: float
    expected_loss: float
    expected_loss_lower: float
    expected_loss_upper: float
    currency: str
    policy: str

    @classmethod
    def of(cls, entity_id: str, rated: RatedValues, **about: Any) -> Self:
        """Return the answer for one entity."""
        risk = rated.risk
        return cls(
            entity_id=entity_id,
            risk_class=rated.risk_class,
            model_class=rated.model_class,
            decided_by=rated.decided_by,
            direct=rated.direct,
            rules_hit=list(rated.rules_hit),
            probabilities=risk.probabilities,
            p_violation=risk.p,
            p_violation_lower=risk.p_lower,
            p_violation_upper=risk.p_upper,
            expected_loss=risk.expected_loss,
            expected_loss_lower=risk.expected_loss_lower,
            expected_loss_upper=risk.expected_loss_upper,
            **about,
        )


class RatedBatch(BaseModel):
    """The answers in the order of the entities."""

    ratings: list[Rated]


class Health(BaseModel):
    """That the service is up, and what it answers by."""

    status: str
    model: str
    policy: str
    columns: list[str]
