"""Special equipment (特种设备): devices in use, elevator upkeep (电梯维保) and what happens to a device."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import day, ends, flag, number, text

DEVICE_KINDS = (
    "boiler",
    "pressure_vessel",
    "pressure_pipe",
    "elevator",
    "crane",
    "ropeway",
    "amusement",
    "vehicle",
)

DEVICE = Table(
    name="device",
    title_en="special equipment in use; of the unit that uses it",
    title_zh="特种设备",
    responsible="special equipment safety (特种设备安全监察)",
    number="device_no",
    ordered=(("made_on", "occurred_on"), ("occurred_on", "ended_on")),
    own=(
        text(name="device_no", title="code of the device (设备代码)", expected=True),
        text(name="kind", title="kind of equipment (设备种类)", required=True, codes=DEVICE_KINDS),
        text(name="use_no", title="number of the registration of use, empty if none (使用登记证编号)"),
        flag(name="public_place", title="in a place where people gather (公众聚集场所)"),
        day(name="made_on", title="made (制造日期)"),
        ends("ended_on", "out of use (停用/报废日期)"),
    ),
)

UPKEEP = Table(
    name="upkeep",
    title_en="contracts of elevator upkeep; of the unit that does the upkeep",
    title_zh="电梯维保合同",
    responsible="special equipment safety (特种设备安全监察)",
    ordered=(("occurred_on", "due_end_on"), ("occurred_on", "ended_on")),
    matter=("device_id",),
    links=(Link(column="device_id", table="device", same_entity=False),),
    own=(
        text(name="device_id", title="record id of the device (设备记录编号)", required=True),
        text(name="contract_no", title="number of the contract (合同编号)"),
        day(name="filed_on", title="filed with the authority (备案日期)", known_with="filed_on"),
        day(name="due_end_on", title="last day of the contract (合同期限至)"),
        ends("ended_on", "ended (终止日期)"),
    ),
)

DEVICE_EVENT = Table(
    name="device_event",
    title_en="tests, upkeep visits and failures of devices; of the unit that uses or keeps them up",
    title_zh="设备检验、维保、故障记录",
    responsible="testing bodies, upkeep units, rescue centres (检验机构、维保单位、应急处置平台)",
    ordered=(("occurred_on", "next_due_on"),),
    links=(Link(column="device_id", table="device", same_entity=False),),
    own=(
        text(name="device_id", title="record id of the device (设备记录编号)", required=True),
        text(
            name="kind",
            title="what happened (事件类型: 定期检验/维保/维保抽查/故障/困人)",
            required=True,
            codes=("test", "upkeep_visit", "upkeep_check", "fault", "trapped"),
        ),
        flag(name="passed", title="passed the test or check (合格)"),
        day(name="next_due_on", title="next test or visit due (下次检验/维保日期)"),
        number(name="score", title="score of a check of the upkeep (维保质量抽查得分)", unit="points"),
        number(name="rescue_minutes", title="until the rescuers were there (救援到达时间)", unit="min"),
        text(name="worker_id", title="hashed id of who did the upkeep (维保人员标识)"),
    ),
)

EQUIPMENT = (DEVICE, UPKEEP, DEVICE_EVENT)
