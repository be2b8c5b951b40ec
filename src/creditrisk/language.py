"""The languages that users read."""

from enum import StrEnum


class Language(StrEnum):
    """English or Chinese.

    Examples
    --------
    >>> Language("zh").name
    'ZH'
    """

    EN = "en"
    ZH = "zh"
