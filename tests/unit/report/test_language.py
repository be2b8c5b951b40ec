import string

import pytest

from creditrisk.errors import SpecError
from creditrisk.report.language import load_texts


def shape(value):
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return len(value)
    return {name for _, name, _, _ in string.Formatter().parse(value) if name}


def test_both_languages_have_the_same_texts_with_the_same_places():
    assert shape(load_texts("en")) == shape(load_texts("zh"))


def test_an_unknown_language_is_one_sentence():
    with pytest.raises(SpecError, match="got 'fr'"):
        load_texts("fr")
