"""Who an entity is: registration (登记) and its changes (变更)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import day, ends, flag, money, text

REGISTRATION = Table(
    name="registration",
    title_en="registration",
    title_zh="登记",
    responsible="registration authority (登记机关)",
    one_per_entity=True,
    ordered=(
        ("occurred_on", "deregistered_on"),
        ("occurred_on", "revoked_on"),
        ("occurred_on", "annulled_on"),
        ("occurred_on", "moved_out_on"),
        ("term_from", "term_to"),
    ),
    own=(
        text(name="name", title="registered name (名称)", expected=True),
        text(name="entity_type", title="type of entity, one of them individual (企业类型)", expected=True),
        text(
            name="industry",
            title="GB/T 4754 code, letter first (行业代码)",
            expected=True,
            code_system="industry",
        ),
        text(
            name="region",
            title="GB/T 2260 code, six digits (行政区划)",
            expected=True,
            code_system="region",
        ),
        money(name="registered_capital_cny", title="subscribed capital (注册资本)"),
        text(name="address", title="normalised address or its hash (住所)", expected=True),
        text(name="business_address", title="place of business, if elsewhere (经营场所)"),
        flag(name="shared_address", title="incubator or cluster registration (集群注册)"),
        flag(name="home_address", title="registered in a dwelling (住宅登记)"),
        text(name="business_scope", title="scope of business (经营范围)"),
        text(name="registration_no", title="old registration number, 15 digits (注册号)"),
        text(name="registration_authority", title="who registered it (登记机关)"),
        text(
            name="parent_id",
            title="entity that a branch belongs to (隶属企业统一社会信用代码)",
            code_system="uscc",
        ),
        text(name="legal_person_id", title="hashed id of legal person or operator (法定代表人/经营者标识)"),
        text(name="phone_id", title="hashed telephone number (联系电话标识)"),
        text(name="agent_id", title="hashed id of the registration agent (登记代理机构标识)"),
        day(name="term_from", title="first day of the business term (营业期限自)"),
        day(name="term_to", title="last day of the business term, empty if unlimited (营业期限至)"),
        flag(name="key_sector", title="key-supervision sector (重点监管行业)"),
        text(
            name="individual_stage",
            title="stage of an individual business (个体工商户分型: 生存型/成长型/发展型)",
            codes=("survival", "growth", "development"),
            known_with="individual_stage_on",
        ),
        day(name="individual_stage_on", title="when the stage was found (分型日期)"),
        text(
            name="individual_distinction",
            title="distinction of an individual business (个体工商户分类: 知名/特色/优质/新兴)",
            codes=("known", "special", "excellent", "new"),
            known_with="individual_distinction_on",
        ),
        day(name="individual_distinction_on", title="when the distinction was given (分类日期)"),
        day(name="revoked_on", title="licence revoked (吊销日期)", known_with="revoked_known_on"),
        day(name="revoked_known_on", title="when the revocation was known (吊销归集日期)"),
        day(name="deregistered_on", title="deregistered (注销日期)", known_with="deregistered_known_on"),
        day(name="deregistered_known_on", title="when the deregistration was known (注销归集日期)"),
        ends("annulled_on", "registration annulled (撤销登记日期)"),
        ends("moved_out_on", "moved to another authority (迁出日期)"),
    ),
)

REGISTRATION_CHANGE = Table(
    name="registration_change",
    title_en="registration changes",
    title_zh="变更登记",
    responsible="registration authority (登记机关)",
    matter=("item", "before", "after"),
    own=(
        text(
            name="item",
            title="what changed (变更项目)",
            required=True,
            codes=("legal_person", "address", "name", "scope", "capital", "shareholder", "other"),
        ),
        text(name="before", title="value before (变更前)"),
        text(name="after", title="value after (变更后)"),
    ),
)

IDENTITY = (REGISTRATION, REGISTRATION_CHANGE)
