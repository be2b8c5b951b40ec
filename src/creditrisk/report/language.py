"""The texts of the report, one TOML file a language."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from creditrisk.errors import SpecError, hint
from creditrisk.grading.texts import LANGUAGES


def load_texts(language: str) -> Mapping[str, Any]:
    """Return the texts of a language, by section and key.

    Parameters
    ----------
    language : {"en", "zh"}
        The language.

    Returns
    -------
    mapping
        Sections of texts; some have places to fill in.

    Raises
    ------
    SpecError
        If there are no texts in that language.

    Examples
    --------
    >>> load_texts("en")["classes"]["labels"]
    ['low', 'general', 'elevated', 'high']
    """
    if language not in LANGUAGES:
        raise SpecError(f"Reports are written in en or zh; got {language!r}.{hint(language, LANGUAGES)}")
    file = resources.files("creditrisk.report") / "texts" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
