"""What others say: complaints (投诉举报), opinion (舆情), honours (表彰), commitments, repairs (信用修复)."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import FIELD, day, ends, flag, money, text, whole

COMPLAINT = Table(
    name="complaint",
    title_en="complaints and reports",
    title_zh="投诉举报",
    responsible="12315 and 12345 centres (12315、12345平台)",
    number="complaint_no",
    ordered=(("occurred_on", "accepted_on"), ("occurred_on", "closed_on")),
    links=(Link(column="online_shop_id", table="online_shop", same_entity=False),),
    own=(
        text(name="complaint_no", title="number of the complaint (投诉举报编号)", expected=True),
        text(name="kind", title="complaint or report (类型)", codes=("complaint", "report"), expected=True),
        text(name="category", title="category (类别)"),
        FIELD,
        text(
            name="channel",
            title="how it came in (来源渠道)",
            codes=("12315", "12345", "platform", "letter", "visit", "other"),
        ),
        text(name="online_shop_id", title="record id of the online shop concerned (网店记录编号)"),
        money(name="amount_cny", title="amount in dispute (争议金额)"),
        ends("accepted_on", "accepted for handling (受理日期)"),
        flag(name="verified", title="found to be true (属实)", known_with="closed_on"),
        text(
            name="result",
            title="how it ended (处理结果)",
            codes=("settled", "not_settled", "case_opened", "withdrawn", "rejected", "other"),
            known_with="closed_on",
        ),
        money(name="recovered_cny", title="recovered for the consumer (挽回损失)", known_with="closed_on"),
        ends("closed_on", "closed (办结日期)"),
    ),
)

OPINION = Table(
    name="opinion",
    title_en="public opinion and media reports",
    title_zh="舆情",
    responsible="bureau's opinion monitoring (舆情监测单位)",
    ordered=(("occurred_on", "checked_on"),),
    matter=("url", "headline"),
    own=(
        text(name="url", title="where it stands (网址)"),
        text(name="headline", title="headline (标题)"),
        text(name="medium", title="medium or platform (媒体平台)"),
        FIELD,
        text(
            name="sentiment",
            title="tone (情感倾向)",
            required=True,
            codes=("negative", "neutral", "positive"),
        ),
        whole(name="readers", title="times read (阅读量)", unit="readers"),
        flag(name="verified", title="found to be true (属实)", known_with="checked_on"),
        ends("checked_on", "checked by the bureau (核查日期)"),
    ),
)

COMMENDATION = Table(
    name="commendation",
    title_en="commendations and honours",
    title_zh="表彰荣誉",
    responsible="authority that gave it (授予机关)",
    ordered=(("occurred_on", "valid_to"), ("occurred_on", "withdrawn_on")),
    own=(
        text(name="honour", title="name of the honour (荣誉名称)"),
        text(name="level", title="level of the giver (级别)"),
        text(name="authority", title="who gave it (授予机关)"),
        day(name="valid_to", title="last day of validity (有效期至)"),
        ends("withdrawn_on", "withdrawn (撤销日期)"),
    ),
)

COMMITMENT = Table(
    name="commitment",
    title_en="credit commitments",
    title_zh="信用承诺",
    responsible="department that received it (承诺受理单位)",
    ordered=(("occurred_on", "due_on"), ("occurred_on", "broken_on"), ("occurred_on", "kept_on")),
    own=(
        text(
            name="kind",
            title="what it was given for (承诺类型)",
            codes=("approval", "repair", "price", "voluntary", "other"),
        ),
        text(name="content", title="what was promised (承诺内容)"),
        day(name="due_on", title="to be kept by (承诺期限)"),
        ends("kept_on", "found to be kept (认定践诺日期)"),
        ends("broken_on", "found to be broken (认定违诺日期)"),
    ),
)

REPAIR = Table(
    name="repair",
    title_en="completed credit repairs",
    title_zh="信用修复",
    responsible="department that decided the repair (修复决定机关)",
    ordered=(("applied_on", "occurred_on"),),
    matter=("repaired_table", "repaired_record_id"),
    links=(Link(column="repaired_record_id", table_column="repaired_table"),),
    own=(
        text(
            name="repaired_table",
            title="record type of the repaired record (被修复信息类型)",
            expected=True,
        ),
        text(
            name="repaired_record_id",
            title="id of the repaired record (被修复记录编号)",
            expected=True,
        ),
        text(name="doc_no", title="number of the decision (修复决定书文号)"),
        day(name="applied_on", title="applied for (申请日期)"),
        text(name="authority", title="who decided (修复决定机关)"),
    ),
)

REPUTATION = (COMPLAINT, OPINION, COMMENDATION, COMMITMENT, REPAIR)
