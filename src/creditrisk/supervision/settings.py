"""Settings that stand in a rule file or are given in Python: one sentence for a mistake in either."""

from typing import Any

from pydantic import ValidationError

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.toml_file import FileSpec


class Settings(FileSpec):
    """The base of settings.

    Examples
    --------
    >>> class Wait(Settings):
    ...     days: int
    >>> Wait(day=3)
    Traceback (most recent call last):
    ...
    creditrisk.errors.SpecError: In Wait there is no 'day'. Did you mean 'days'?
    """

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise SpecError(self._sentence(error)) from None

    @classmethod
    def _sentence(cls, error: ValidationError) -> str:
        first = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")[0]
        name = ".".join(map(str, first["loc"])) or "all of it"
        if first["type"] == "extra_forbidden":
            return f"In {cls.__name__} there is no {name!r}.{hint(name, cls.model_fields)}"
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        said = f"{message[0].lower()}{message[1:]}"
        return f"In {cls.__name__}, {name} is wrong: {said}; got {shown(first['input'])}."
