"""What supervision and courts found: inspections (检查), penalties (处罚), lists (名录), judgments (司法)."""

from creditrisk.records.schema import Column, ColumnType, Table

RESULT_CODES = ("1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "A", "B", "C", "E", "F")
PROBLEM_CODES = ("3", "4", "5", "6", "8", "A", "B", "C", "E")
CHANNELS = ("random", "targeted", "complaint", "campaign")

INSPECTION = Table(
    name="inspection",
    title_en="inspections of every kind",
    title_zh="双随机等检查",
    own=(
        Column(
            name="result_codes",
            type=ColumnType.STRING,
            title="result codes, comma-separated (检查结果代码)",
            required=True,
            codes=RESULT_CODES,
            separator=",",
        ),
        Column(
            name="channel",
            type=ColumnType.STRING,
            title="why this entity was looked at (检查类型)",
            codes=CHANNELS,
        ),
        Column(
            name="inclusion_probability",
            type=ColumnType.FLOAT,
            title="probability of being drawn, where drawn at random (入样概率)",
            minimum=0,
        ),
        Column(name="department", type=ColumnType.STRING, title="inspecting department (检查机关)"),
        Column(name="rectify_due_on", type=ColumnType.DATE, title="deadline to rectify (责令改正期限)"),
        Column(
            name="rectified_on",
            type=ColumnType.DATE,
            title="rectified (整改完成日期)",
            known_with="rectified_on",
        ),
    ),
)

SAMPLING_TEST = Table(
    name="sampling_test",
    title_en="product sampling tests",
    title_zh="监督抽检",
    own=(
        Column(name="product", type=ColumnType.STRING, title="product (产品)"),
        Column(
            name="level",
            type=ColumnType.STRING,
            title="level of the authority (抽检级别)",
            codes=("national", "provincial", "municipal", "county"),
        ),
        Column(name="failed", type=ColumnType.BOOLEAN, title="failed (不合格)", required=True),
    ),
)

PENALTY = Table(
    name="penalty",
    title_en="administrative penalties",
    title_zh="行政处罚",
    own=(
        Column(name="act_type", type=ColumnType.STRING, title="type of illegal act (违法行为类型)"),
        Column(
            name="severity",
            type=ColumnType.INTEGER,
            title="heaviest kind: 0 warning, 1 criticism, 2 fine, 3 confiscation, 4 suspension, 5 revocation",
            minimum=0,
        ),
        Column(name="fine_cny", type=ColumnType.FLOAT, title="fine (罚款)", unit="CNY", minimum=0),
        Column(
            name="confiscated_cny",
            type=ColumnType.FLOAT,
            title="confiscated income and goods (没收金额)",
            unit="CNY",
            minimum=0,
        ),
        Column(
            name="goods_value_cny",
            type=ColumnType.FLOAT,
            title="goods value (货值金额)",
            unit="CNY",
            minimum=0,
        ),
        Column(
            name="revoked_on",
            type=ColumnType.DATE,
            title="decision revoked or repaired (撤销/修复日期)",
            known_with="revoked_on",
        ),
    ),
)


def _list_table(name: str, title_en: str, title_zh: str) -> Table:
    return Table(
        name=name,
        title_en=title_en,
        title_zh=title_zh,
        ordered=(("occurred_on", "ended_on"),),
        own=(
            Column(name="reason", type=ColumnType.STRING, title="reason of entry (列入原因)"),
            Column(
                name="ended_on",
                type=ColumnType.DATE,
                title="removed, empty while listed (移出日期)",
                known_with="end_known_on",
            ),
            Column(name="end_known_on", type=ColumnType.DATE, title="when the removal was known"),
            Column(
                name="repaired", type=ColumnType.BOOLEAN, title="removed by repair", known_with="end_known_on"
            ),
        ),
    )


ABNORMAL_LIST = _list_table("abnormal_list", "abnormal-operation list", "经营异常名录")
SERIOUS_LIST = _list_table("serious_list", "serious-violation list", "严重违法失信名单")
JUDGMENT_DEFAULTER = _list_table("judgment_defaulter", "judgment defaulters", "失信被执行人")

LAWSUIT = Table(
    name="lawsuit",
    title_en="lawsuits",
    title_zh="诉讼",
    own=(
        Column(
            name="role",
            type=ColumnType.STRING,
            title="role (诉讼地位)",
            codes=("defendant", "plaintiff", "third"),
        ),
        Column(name="amount_cny", type=ColumnType.FLOAT, title="amount (标的额)", unit="CNY", minimum=0),
    ),
)

OVERSIGHT = (INSPECTION, SAMPLING_TEST, PENALTY, ABNORMAL_LIST, SERIOUS_LIST, JUDGMENT_DEFAULTER, LAWSUIT)
