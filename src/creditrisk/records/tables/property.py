"""What an entity owns and has pledged: intellectual property (知识产权), pledges (出质), freezes (冻结)."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import day, ends, money, number, text

IP_RIGHT = Table(
    name="ip_right",
    title_en="trademarks, patents and copyrights",
    title_zh="知识产权",
    responsible="intellectual property office (知识产权局)",
    number="right_no",
    ordered=(("occurred_on", "valid_to"), ("occurred_on", "ended_on")),
    own=(
        text(
            name="kind",
            title="kind of right (类型)",
            required=True,
            codes=("trademark", "invention", "utility_model", "design", "software", "copyright", "other"),
        ),
        text(name="right_no", title="number of the right (注册号/专利号)", expected=True),
        text(name="name", title="name of the right (名称)"),
        day(name="valid_to", title="last day of protection (专用权期限至)"),
        ends("ended_on", "lapsed, invalid or transferred (终止日期)"),
    ),
)

EQUITY_FREEZE = Table(
    name="equity_freeze",
    title_en="equity frozen by a court",
    title_zh="司法协助、股权冻结",
    responsible="people's court (人民法院)",
    ordered=(("occurred_on", "frozen_to"), ("occurred_on", "lifted_on")),
    matter=("holder_id", "case_no", "amount_cny", "share"),
    own=(
        text(name="holder_id", title="USCC or hashed id of the shareholder (被执行人标识)"),
        text(name="case_no", title="number of the order (执行裁定书文号)", expected=True),
        text(name="court", title="court (执行法院)"),
        money(name="amount_cny", title="frozen amount (冻结数额)"),
        number(name="share", title="frozen share of the capital (冻结比例)", unit="share"),
        day(name="frozen_to", title="last day of the order (冻结期限至)"),
        ends("lifted_on", "lifted (解除冻结日期)"),
    ),
)

EQUITY_PLEDGE = Table(
    name="equity_pledge",
    title_en="equity pledges",
    title_zh="股权出质",
    responsible="registration authority (登记机关)",
    number="pledge_no",
    ordered=(("occurred_on", "ended_on"),),
    own=(
        text(name="pledge_no", title="number of the registration (登记编号)", expected=True),
        text(name="pledgor_id", title="USCC or hashed id of the pledgor (出质人标识)"),
        text(name="pledgee_id", title="USCC or hashed id of the pledgee (质权人标识)"),
        money(name="amount_cny", title="pledged equity (出质股权数额)"),
        number(name="share", title="pledged share of the capital (出质比例)", unit="share"),
        ends("ended_on", "cancelled or revoked (注销/撤销日期)"),
    ),
)

CHATTEL_MORTGAGE = Table(
    name="chattel_mortgage",
    title_en="chattel mortgages",
    title_zh="动产抵押",
    responsible="registration authority (登记机关)",
    number="mortgage_no",
    ordered=(("occurred_on", "ended_on"),),
    own=(
        text(name="mortgage_no", title="number of the registration (登记编号)", expected=True),
        text(name="mortgagee_id", title="USCC or hashed id of the mortgagee (抵押权人标识)"),
        money(name="amount_cny", title="secured claim (被担保债权数额)"),
        text(name="collateral", title="what is mortgaged (抵押物)"),
        day(name="debt_due_on", title="last day of the debt (债务履行期限至)"),
        ends("ended_on", "cancelled (注销日期)"),
    ),
)

IP_PLEDGE = Table(
    name="ip_pledge",
    title_en="pledges of intellectual property",
    title_zh="知识产权出质",
    responsible="intellectual property office (知识产权局)",
    number="pledge_no",
    ordered=(("occurred_on", "pledged_to"), ("occurred_on", "ended_on")),
    links=(Link(column="ip_right_id", table="ip_right"),),
    own=(
        text(name="pledge_no", title="number of the registration (登记编号)", expected=True),
        text(name="ip_right_id", title="record id of the pledged right (出质权利记录编号)"),
        text(name="pledgee_id", title="USCC or hashed id of the pledgee (质权人标识)"),
        money(name="amount_cny", title="secured claim (被担保债权数额)"),
        day(name="pledged_to", title="last day of the pledge (质权期限至)"),
        ends("ended_on", "cancelled (注销日期)"),
    ),
)

PROPERTY = (IP_RIGHT, EQUITY_FREEZE, EQUITY_PLEDGE, CHATTEL_MORTGAGE, IP_PLEDGE)
