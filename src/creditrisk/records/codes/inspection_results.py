"""What an inspection can result in (抽查检查结果), as the publicity system of Zhejiang codes it.

Which results count as a problem found is this library's choice: what the inspected entity is answerable for,
not that it was closed, deregistered, moved or not to be found.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionResult:
    """One result of an inspection.

    Parameters
    ----------
    code : str
        As records have it.
    title_en, title_zh : str
        What it says.
    problem : bool
        Whether it counts as a problem found.

    Examples
    --------
    >>> INSPECTION_RESULTS["6"].problem, INSPECTION_RESULTS["1"].problem
    (True, False)
    """

    code: str
    title_en: str
    title_zh: str
    problem: bool


_RESULTS = (
    ("1", "no problem found", "未发现问题", False),
    ("3", "rules on food or drugs broken", "违反食品药品管理相关规定", True),
    ("4", "rules on quality and technology broken", "违反质量技术监督相关规定", True),
    ("5", "rules of other departments broken", "违反其他部门相关规定", True),
    ("6", "cannot be reached at the registered address", "通过登记的住所（经营场所）无法联系", True),
    ("7", "closed, or in liquidation", "已关闭停业或正在组织清算", False),
    ("8", "does not cooperate, serious", "不配合检查情节严重", True),
    ("9", "deregistered", "注销", False),
    ("10", "licence revoked", "被吊销", False),
    ("11", "registration annulled", "被撤销", False),
    ("12", "moved out", "迁出", False),
    ("A", "problem found, to be followed up", "发现问题待后续处理", True),
    ("B", "information that was due not published", "未按规定公示应当公示的信息", True),
    ("C", "published information false", "公示信息隐瞒真实情况、弄虚作假", True),
    ("E", "problem found, corrected on order", "发现问题经责令已改正", True),
    ("F", "no such business found", "未发现开展本次抽查涉及的经营活动", False),
)

INSPECTION_RESULTS: dict[str, InspectionResult] = {
    code: InspectionResult(code=code, title_en=en, title_zh=zh, problem=problem)
    for code, en, zh, problem in _RESULTS
}
RESULT_CODES = tuple(INSPECTION_RESULTS)
PROBLEM_CODES = tuple(code for code, result in INSPECTION_RESULTS.items() if result.problem)
