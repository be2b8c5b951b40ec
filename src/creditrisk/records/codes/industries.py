"""Industries (国民经济行业, GB/T 4754-2017) as a tree: section, division, group, class.

A code is the letter of its section and 2, 3 or 4 digits. The 20 sections and 97 divisions are complete;
groups and classes are known by the division they begin with.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.records.codes.industry_names import DIVISIONS, SECTIONS
from creditrisk.records.codes.symbols import Bools, Rows, arrow_texts, by_distinct, where_valid

_WIDTHS = {"section": 1, "division": 3, "group": 4, "class": 5}
_LEVELS = {width: level for level, width in _WIDTHS.items()}


class IndustryTree:
    """The industries of GB/T 4754-2017.

    Examples
    --------
    >>> industries = industry_tree()
    >>> industries.name_en("C14"), industries.parent("C1411"), industries.ancestors("C1411")
    ('manufacture of foods', 'C141', ('C141', 'C14', 'C'))
    >>> industries.known(["C1411", "A1411", "1411"]).tolist()
    [True, False, False]
    """

    def __init__(self) -> None:
        self._names = SECTIONS | DIVISIONS
        self._letters = {division[1:]: division[0] for division in DIVISIONS}
        self._pairs = np.zeros(2600, dtype=np.bool_)
        self._pairs[[(ord(code[0]) - ord("A")) * 100 + int(code[1:]) for code in DIVISIONS]] = True

    @property
    def sections(self) -> tuple[str, ...]:
        """The letters of the sections (门类)."""
        return tuple(SECTIONS)

    @property
    def divisions(self) -> tuple[str, ...]:
        """The codes of the divisions (大类), letter first."""
        return tuple(DIVISIONS)

    def known(self, codes: Any) -> Bools:
        """Say which codes are industries.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes, letter first; `with_section` adds the letter to bare digits.

        Returns
        -------
        array of bool, shape (n,)
            Whether each is a section, or begins with a division and has no more than two further digits;
            false where missing.
        """
        texts = arrow_texts(codes)
        sections = where_valid(texts, 1, lambda rows: np.isin(rows[:, 0], [ord(s) for s in SECTIONS]))
        deeper = [where_valid(texts, width, self._are_known) for width in (3, 4, 5)]
        return np.asarray(np.logical_or.reduce([sections, *deeper]))

    def _are_known(self, rows: Rows) -> Bools:
        letters, digits = rows[:, 0] - np.uint8(ord("A")), rows[:, 1:] - np.uint8(ord("0"))
        plain = (letters < 26) & (digits < 10).all(axis=1)
        pairs = letters.astype(np.intp) * 100 + digits[:, 0].astype(np.intp) * 10 + digits[:, 1]
        return np.asarray(plain & self._pairs[np.where(plain, pairs, 0)])

    def with_section(self, codes: Any) -> NDArray[np.object_]:
        """Put the letter of the section before codes of bare digits.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes with or without the letter.

        Returns
        -------
        array of object, shape (n,)
            Codes; those that begin with no division stay as they are, missing ones are none.

        Examples
        --------
        >>> industry_tree().with_section(["1411", "C14", "98", None]).tolist()
        ['C1411', 'C14', '98', None]
        """
        return by_distinct(codes, self._with_letter)

    def _with_letter(self, code: str) -> str:
        lettered = self._letters.get(code[:2], "") + code
        return lettered if lettered in self else code

    def roll_up(self, codes: Any, level: str) -> NDArray[np.object_]:
        """Return the codes of a higher level that codes belong to.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes, letter first.
        level : {"section", "division", "group", "class"}
            The level; a code that is higher already stays as it is.

        Returns
        -------
        array of object, shape (n,)
            Codes; none where the code is not known.

        Raises
        ------
        SpecError
            If there is no such level.

        Examples
        --------
        >>> industry_tree().roll_up(["C1411", "F52", "H", "X9"], "division").tolist()
        ['C14', 'F52', 'H', None]
        """
        if level not in _WIDTHS:
            raise SpecError(f"The levels of GB/T 4754 have names; {level!r} came.{hint(str(level), _WIDTHS)}")
        return by_distinct(codes, self._if_known(lambda code: code[: _WIDTHS[level]]))

    def level(self, code: str) -> str:
        """Say which level a code is of.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str
            ``"section"``, ``"division"``, ``"group"`` or ``"class"``.
        """
        self._check(code)
        return _LEVELS[len(code)]

    def parent(self, code: str) -> str | None:
        """Return the code right above a code.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str or None
            Its code; none for a section.
        """
        return next(iter(self.ancestors(code)), None)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above a code.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        tuple of str
            The nearest first and the section last.
        """
        self._check(code)
        return tuple(code[:width] for width in (4, 3, 1) if width < len(code))

    def children(self, code: str) -> tuple[str, ...]:
        """Return the divisions of a section.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        tuple of str
            Divisions; empty for everything but a section, for groups and classes are not listed here.
        """
        self._check(code)
        return tuple(division for division in DIVISIONS if len(code) == 1 and division[0] == code)

    def name_zh(self, code: str) -> str:
        """Return the Chinese name of a section or division; of a deeper code, that of its division.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str
            The name in the standard.
        """
        self._check(code)
        return self._names[code[:3]][0]

    def name_en(self, code: str) -> str:
        """Return the English name of a section or division; of a deeper code, that of its division.

        Parameters
        ----------
        code : str
            A known code.

        Returns
        -------
        str
            A translation.
        """
        self._check(code)
        return self._names[code[:3]][1]

    def names_zh(self, codes: Any) -> NDArray[np.object_]:
        """Return the Chinese names of many codes.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes, letter first.

        Returns
        -------
        array of object, shape (n,)
            Names as of `name_zh`; none where the code is not known.
        """
        return by_distinct(codes, self._if_known(self.name_zh))

    def names_en(self, codes: Any) -> NDArray[np.object_]:
        """Return the English names of many codes.

        Parameters
        ----------
        codes : array-like of str, shape (n,)
            Codes, letter first.

        Returns
        -------
        array of object, shape (n,)
            Names as of `name_en`; none where the code is not known.
        """
        return by_distinct(codes, self._if_known(self.name_en))

    def _if_known(self, find: Callable[[str], str]) -> Callable[[str], str | None]:
        return lambda code: find(code) if code in self else None

    def __contains__(self, code: object) -> bool:
        """Say whether a code is an industry."""
        return isinstance(code, str) and bool(self.known([code])[0])

    def _check(self, code: str) -> None:
        if code not in self:
            raise SpecError(
                f"An industry is the letter of a section of GB/T 4754-2017 and 2 to 4 digits, or the letter; "
                f"{code!r} came; `with_section` puts the letter before bare digits."
            )


@cache
def industry_tree() -> IndustryTree:
    """Return the industries of GB/T 4754-2017, made once.

    Returns
    -------
    IndustryTree
        20 sections, 97 divisions, and what begins with them.

    Examples
    --------
    >>> len(industry_tree().sections), len(industry_tree().divisions)
    (20, 97)
    """
    return IndustryTree()
