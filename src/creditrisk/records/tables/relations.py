"""Whom an entity belongs to: shareholders (股东), persons in office (主要人员) and relations (关联关系)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import day, ends, money, number, text, whole

SHAREHOLDER = Table(
    name="shareholder",
    title_en="shareholders and contributions",
    title_zh="股东及出资",
    responsible="registration authority (登记机关)",
    ordered=(("occurred_on", "ended_on"),),
    matter=("investor_id", "subscribed_cny", "paid_in_cny"),
    own=(
        text(name="investor_id", title="USCC or hashed id of the investor (股东标识)", expected=True),
        text(
            name="investor_kind",
            title="kind of investor (股东类型)",
            codes=("person", "enterprise", "state", "foreign", "other"),
        ),
        money(name="subscribed_cny", title="subscribed (认缴)"),
        money(name="paid_in_cny", title="paid in (实缴)"),
        number(name="share", title="share of the capital (出资比例)", unit="share"),
        text(
            name="contribution",
            title="what is contributed (出资方式)",
            codes=("money", "goods", "property_right", "land_use", "equity", "other"),
        ),
        day(name="due_on", title="to be paid in by (认缴出资日期)"),
        ends("ended_on", "no longer shareholder (退出日期)"),
    ),
)

PERSON_ROLE = Table(
    name="person_role",
    title_en="legal persons, operators and persons in office",
    title_zh="法定代表人、经营者、主要人员",
    responsible="registration authority (登记机关)",
    ordered=(("occurred_on", "ended_on"),),
    matter=("person_id", "role"),
    own=(
        text(
            name="person_id",
            title="hashed id of the person, never the number itself (人员标识)",
            required=True,
        ),
        text(
            name="role",
            title="office (职务)",
            required=True,
            codes=(
                "legal_person",
                "operator",
                "chairman",
                "director",
                "supervisor",
                "manager",
                "finance",
                "liaison",
                "other",
            ),
        ),
        whole(name="birth_year", title="year of birth (出生年份)", unit="year"),
        text(name="phone_id", title="hashed telephone number (联系电话标识)"),
        ends("ended_on", "left the office (离任日期)"),
    ),
)

RELATION_EDGE = Table(
    name="relation_edge",
    title_en="relations to other entities and persons",
    title_zh="关联关系",
    responsible="bureau, derived from registration (市场监管部门)",
    ordered=(("occurred_on", "ended_on"),),
    matter=("other_id", "relation", "share"),
    own=(
        text(name="other_id", title="USCC or hashed id of the other end (关联方标识)", required=True),
        text(
            name="relation",
            title="how the entity relates to the other end (关联类型)",
            required=True,
            codes=(
                "invests_in",
                "legal_person",
                "director",
                "branch",
                "same_address",
                "same_phone",
                "same_agent",
                "other",
            ),
        ),
        number(name="share", title="share held, where it invests (持股比例)", unit="share"),
        ends("ended_on", "end of the relation (关联终止日期)"),
    ),
)

RELATIONS = (SHAREHOLDER, PERSON_ROLE, RELATION_EDGE)
