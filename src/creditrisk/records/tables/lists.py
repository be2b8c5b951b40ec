"""Lists that an entity enters and leaves: abnormal operation, serious violation, judgment defaulters."""

from creditrisk.records.schema import Column, Link, Table
from creditrisk.records.tables.columns import day, flag, money, text

_REASON = text(name="reason", title="reason of entry (列入原因)", expected=True)
_END = (
    day(name="ended_on", title="removed, empty while listed (移出日期)", known_with="end_known_on"),
    day(name="end_known_on", title="when the removal was known (移出归集日期)"),
    flag(name="repaired", title="removed by repair (修复移出)", known_with="end_known_on"),
    text(name="end_reason", title="reason of removal (移出原因)", known_with="end_known_on"),
)
_BY_A_BUREAU: tuple[Column, ...] = (
    text(name="doc_no", title="number of the decision (列入决定书文号)"),
    text(name="entry_org", title="who entered it (列入机关)"),
    text(name="end_org", title="who removed it (移出机关)", known_with="end_known_on"),
)

ABNORMAL_LIST = Table(
    name="abnormal_list",
    title_en="abnormal-operation list",
    title_zh="经营异常名录",
    responsible="registration authority (登记机关)",
    public=True,
    number="doc_no",
    ordered=(("occurred_on", "ended_on"),),
    own=(
        _REASON,
        text(
            name="kind",
            title="list of enterprises or mark of an individual business (名录/标记)",
            codes=("enterprise_list", "individual_mark"),
        ),
        *_END,
        *_BY_A_BUREAU,
    ),
)

SERIOUS_LIST = Table(
    name="serious_list",
    title_en="serious-violation list",
    title_zh="严重违法失信名单",
    responsible="deciding authority (认定机关)",
    public=True,
    number="doc_no",
    ordered=(("occurred_on", "ended_on"),),
    links=(Link(column="penalty_id", table="penalty"),),
    own=(
        _REASON,
        text(name="legal_basis", title="rule that it was entered under (列入依据)"),
        text(name="penalty_id", title="record id of the penalty behind it (处罚记录编号)"),
        *_END,
        *_BY_A_BUREAU,
    ),
)

JUDGMENT_DEFAULTER = Table(
    name="judgment_defaulter",
    title_en="judgment defaulters",
    title_zh="失信被执行人",
    responsible="people's court (人民法院)",
    ordered=(("opened_on", "occurred_on"), ("occurred_on", "ended_on")),
    own=(
        text(name="case_no", title="number of the case (执行案号)", expected=True),
        text(name="court", title="court (执行法院)"),
        day(name="opened_on", title="case opened (立案日期)"),
        text(
            name="debtor",
            title="who is the defaulter: the entity, its legal person or operator (失信主体)",
            codes=("entity", "legal_person", "operator"),
        ),
        text(name="reason", title="conduct that led to the entry (失信行为情形)"),
        money(name="obligation_cny", title="to be paid by the judgment (应履行金额)"),
        text(
            name="performed",
            title="how much was performed when it was listed (履行情况)",
            codes=("none", "part", "all"),
        ),
        *_END,
    ),
)

LISTS = (ABNORMAL_LIST, SERIOUS_LIST, JUDGMENT_DEFAULTER)
