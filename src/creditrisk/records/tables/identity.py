"""Who an entity is: registration (登记), its changes (变更) and its shareholders (股东及出资)."""

from creditrisk.records.schema import Column, ColumnType, Table

REGISTRATION = Table(
    name="registration",
    title_en="registration",
    title_zh="登记",
    one_per_entity=True,
    ordered=(("occurred_on", "deregistered_on"), ("occurred_on", "revoked_on")),
    own=(
        Column(name="name", type=ColumnType.STRING, title="registered name (名称)"),
        Column(name="entity_type", type=ColumnType.STRING, title="type of entity (企业类型)"),
        Column(name="industry", type=ColumnType.STRING, title="GB/T 4754 code, letter first (行业代码)"),
        Column(name="region", type=ColumnType.STRING, title="GB/T 2260 code, six digits (行政区划)"),
        Column(
            name="registered_capital_cny",
            type=ColumnType.FLOAT,
            title="subscribed capital (注册资本)",
            unit="CNY",
            minimum=0,
        ),
        Column(name="address", type=ColumnType.STRING, title="normalised address or its hash (住所)"),
        Column(name="key_sector", type=ColumnType.BOOLEAN, title="key-supervision sector (重点监管行业)"),
        Column(
            name="revoked_on",
            type=ColumnType.DATE,
            title="licence revoked (吊销日期)",
            known_with="revoked_known_on",
        ),
        Column(name="revoked_known_on", type=ColumnType.DATE, title="when the revocation was known"),
        Column(
            name="deregistered_on",
            type=ColumnType.DATE,
            title="deregistered (注销日期)",
            known_with="deregistered_known_on",
        ),
        Column(name="deregistered_known_on", type=ColumnType.DATE, title="when the deregistration was known"),
    ),
)

REGISTRATION_CHANGE = Table(
    name="registration_change",
    title_en="registration changes",
    title_zh="变更登记",
    own=(
        Column(
            name="item",
            type=ColumnType.STRING,
            title="what changed (变更项目)",
            required=True,
            codes=("legal_person", "address", "name", "scope", "capital", "shareholder", "other"),
        ),
        Column(name="before", type=ColumnType.STRING, title="value before (变更前)"),
        Column(name="after", type=ColumnType.STRING, title="value after (变更后)"),
    ),
)

SHAREHOLDER = Table(
    name="shareholder",
    title_en="shareholders and contributions",
    title_zh="股东及出资",
    own=(
        Column(name="investor_id", type=ColumnType.STRING, title="hashed id of the investor (股东标识)"),
        Column(
            name="subscribed_cny", type=ColumnType.FLOAT, title="subscribed (认缴)", unit="CNY", minimum=0
        ),
        Column(name="paid_in_cny", type=ColumnType.FLOAT, title="paid in (实缴)", unit="CNY", minimum=0),
    ),
)

IDENTITY = (REGISTRATION, REGISTRATION_CHANGE, SHAREHOLDER)
