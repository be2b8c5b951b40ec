"""The six dimensions in which records are checked (Guangdong's data-quality work; definitions are ours)."""

from enum import StrEnum


class Dimension(StrEnum):
    """What can be wrong with records.

    Examples
    --------
    >>> Dimension("accuracy").title_zh
    '准确性'
    """

    COVERAGE = "coverage"
    TIMELINESS = "timeliness"
    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"
    REDUNDANCY = "redundancy"
    RELATEDNESS = "relatedness"

    @property
    def title_zh(self) -> str:
        """What it is called in Chinese."""
        return _CHINESE[self]


_CHINESE = {
    Dimension.COVERAGE: "全面性",
    Dimension.TIMELINESS: "及时性",
    Dimension.COMPLETENESS: "完整性",
    Dimension.ACCURACY: "准确性",
    Dimension.REDUNDANCY: "冗余性",
    Dimension.RELATEDNESS: "关联性",
}
