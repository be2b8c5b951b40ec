"""What was punished: administrative penalties (行政处罚)."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import FIELD, day, ends, flag, money, text, whole

KINDS = ("warning", "criticism", "fine", "confiscation", "suspension", "revocation", "detention", "other")
CASE_SOURCES = ("inspection", "sampling", "complaint", "transfer", "monitoring", "other")

PENALTY = Table(
    name="penalty",
    title_en="administrative penalties",
    title_zh="行政处罚",
    responsible="deciding authority (处罚机关)",
    public=True,
    number="doc_no",
    ordered=(("opened_on", "occurred_on"), ("occurred_on", "publish_until")),
    matter=("act_type", "fine_cny", "confiscated_cny", "goods_value_cny"),
    links=(
        Link(column="inspection_id", table="inspection"),
        Link(column="sampling_test_id", table="sampling_test", same_entity=False),
        Link(column="complaint_id", table="complaint"),
    ),
    own=(
        text(name="doc_no", title="number of the decision (处罚决定书文号)", expected=True),
        text(name="case_name", title="name of the case (案件名称)"),
        text(name="act_type", title="type of illegal act (违法行为类型)", expected=True),
        FIELD,
        text(name="legal_basis", title="law broken and applied (处罚依据)"),
        text(name="authority", title="who decided (处罚机关)", expected=True),
        text(name="case_source", title="where the case came from (案件来源)", codes=CASE_SOURCES),
        text(name="inspection_id", title="record id of the inspection behind it (检查记录编号)"),
        text(name="sampling_test_id", title="record id of the failed test behind it (抽检记录编号)"),
        text(name="complaint_id", title="record id of the complaint behind it (投诉举报记录编号)"),
        day(name="opened_on", title="case opened (立案日期)"),
        text(
            name="penalty_kinds",
            title="every kind of penalty in the decision, comma-separated (处罚种类)",
            codes=KINDS,
            separator=",",
        ),
        whole(
            name="severity",
            title="heaviest kind: 0 warning, 1 criticism, 2 fine, 3 confiscation, 4 suspension, "
            "5 revocation (最重处罚种类)",
            unit="rank",
        ),
        money(name="fine_cny", title="fine (罚款)"),
        money(name="confiscated_cny", title="confiscated income and goods (没收金额)"),
        money(name="goods_value_cny", title="goods value (货值金额)"),
        money(name="overcharged_cny", title="charged too much, to be refunded (多收价款)"),
        flag(name="licence_revoked", title="licence revoked by the decision (吊销许可证件)"),
        flag(name="transferred", title="handed over to criminal justice (移送司法)"),
        flag(name="no_early_end", title="publication may not end early (不得提前停止公示)"),
        day(name="publish_until", title="last day of publication (公示截止期)"),
        ends("fulfilled_on", "obligations fulfilled (履行完毕日期)"),
        money(name="refunded_cny", title="refunded to buyers (已退还金额)", known_with="fulfilled_on"),
        ends("revoked_on", "decision revoked or repaired (撤销/修复日期)"),
        text(name="revoked_reason", title="why it was revoked (撤销原因)", known_with="revoked_on"),
    ),
)

PENALTIES = (PENALTY,)
