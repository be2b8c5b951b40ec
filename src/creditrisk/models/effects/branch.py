"""Pooled effects of the branches of a code tree at one depth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError, shown
from creditrisk.models.effects.group import Codes, Floats, GroupTerm
from creditrisk.models.effects.tree import CodeTree, branch_name, branches

Names = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class BranchTerm(GroupTerm):
    """A group whose levels are the first characters of a column of codes.

    Attributes
    ----------
    column : str
        The column of codes.
    prefix : int
        How many characters.
    letters : int
        How many letters a code begins with.
    """

    column: str
    prefix: int
    letters: int

    kind = "branch"

    @classmethod
    def of_codes(cls, tree: CodeTree, prefix: int, values: Names, weights: Floats) -> "BranchTerm":
        """Take the branches of one depth from training values.

        Raises
        ------
        SpecError
            If no value is a code of the tree.
        """
        cut = branches(values, prefix, tree.letters)
        known = np.array([value == value and value is not None for value in values], dtype=bool)
        if prefix == tree.prefixes[0] and known.any() and all(name is None for name in cut):
            form = f"{tree.letters} letter(s) A to Z, then digits" if tree.letters else "digits"
            raise SpecError(
                f"Codes of the tree {tree.column!r} are {form}, at least {prefix} characters; none of its "
                f"values is one, such as {shown(values[known][0])}; correct the codes or name it as a plain "
                "group."
            )
        name = branch_name(tree.column, prefix)
        group = GroupTerm.from_values(name, cut, weights)
        return cls(
            name=name,
            categories=group.categories,
            frequencies=group.frequencies,
            column=tree.column,
            prefix=prefix,
            letters=tree.letters,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The column that it reads."""
        return (self.column,)

    def read(self, values: Names) -> Names:
        """Return the branch of each code."""
        return branches(values, self.prefix, self.letters)

    def encode(self, values: Names) -> Codes:
        """Return the level of each code; of one whose branch is unseen the last."""
        return self.levels_of(self.read(values))
