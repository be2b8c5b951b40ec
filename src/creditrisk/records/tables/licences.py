"""What an entity and its people are allowed to do: licences (许可) and certificates (资格证)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import FIELD, day, ends, number, text

LICENCE = Table(
    name="licence",
    title_en="administrative licences",
    title_zh="行政许可",
    responsible="licensing authority (许可机关)",
    public=True,
    number="licence_no",
    ordered=(("occurred_on", "valid_to"),),
    own=(
        text(name="licence_no", title="number of the licence (许可证编号)", expected=True),
        text(name="licence_name", title="name of the licence (许可名称)", expected=True),
        text(name="category", title="category (许可类别)"),
        FIELD,
        text(name="content", title="what is allowed (许可内容)"),
        text(name="hazard_level", title="hazard tier or product class (风险档/管理类别)"),
        number(name="area_m2", title="floor area (经营面积)", unit="m²"),
        text(name="authority", title="who gave it (许可机关)"),
        day(name="valid_to", title="last day of validity, empty if unlimited (有效期至)"),
        ends("withdrawn_on", "withdrawn or replaced (注销/撤销)"),
        text(
            name="withdrawal",
            title="how it ended early (失效方式)",
            codes=("cancelled", "annulled", "revoked", "replaced"),
            known_with="withdrawn_on",
        ),
    ),
)

CERTIFICATE = Table(
    name="certificate",
    title_en="certificates of the persons and vehicles of an entity",
    title_zh="人员、车辆资格证",
    responsible="certifying authority (发证机关)",
    number="certificate_no",
    ordered=(("occurred_on", "valid_to"),),
    own=(
        text(name="certificate_no", title="number of the certificate (证件编号)", expected=True),
        text(
            name="kind",
            title="what it certifies (证件类型)",
            required=True,
            codes=(
                "ride_driver",
                "ride_vehicle",
                "equipment_operator",
                "food_health",
                "food_safety_officer",
                "pharmacist",
                "other",
            ),
        ),
        text(name="holder_id", title="hashed id of the person or vehicle (持证人/车辆标识)", required=True),
        text(name="authority", title="who gave it (发证机关)"),
        day(name="valid_to", title="last day of validity, empty if unlimited (有效期至)"),
        ends("withdrawn_on", "withdrawn or cancelled (注销/撤销)"),
    ),
)

LICENCES = (LICENCE, CERTIFICATE)
