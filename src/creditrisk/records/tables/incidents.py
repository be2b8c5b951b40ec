"""What went wrong with products and in places: recalls (召回) and accidents (事故)."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import FIELD, day, ends, flag, money, text, whole

RECALL = Table(
    name="recall",
    title_en="product recalls",
    title_zh="召回",
    responsible="market supervision, drug administration (市场监管、药监)",
    number="recall_no",
    ordered=(("occurred_on", "due_on"), ("occurred_on", "finished_on")),
    own=(
        text(name="recall_no", title="number of the recall (召回编号)", expected=True),
        FIELD,
        text(name="product", title="product (产品)", expected=True),
        text(name="batch", title="batches (批次)"),
        text(name="recall_class", title="class, 1 the gravest (召回级别)", codes=("1", "2", "3")),
        flag(name="ordered", title="ordered by the authority (责令召回)"),
        text(name="defect", title="defect (缺陷)"),
        whole(name="units", title="units to be recalled (召回数量)", unit="units"),
        money(name="unit_price_cny", title="price of one unit (单价)"),
        day(name="due_on", title="to be finished by (召回期限)"),
        ends("finished_on", "finished (完成日期)"),
        whole(
            name="recovered_units",
            title="units recovered (实际召回数量)",
            unit="units",
            known_with="finished_on",
        ),
    ),
)

ACCIDENT = Table(
    name="accident",
    title_en="accidents",
    title_zh="事故",
    responsible="department that investigates (事故调查单位)",
    number="accident_no",
    ordered=(("occurred_on", "concluded_on"),),
    links=(Link(column="device_id", table="device", same_entity=False),),
    own=(
        text(name="accident_no", title="number of the accident (事故编号)"),
        FIELD,
        text(
            name="level",
            title="level by deaths, injuries and direct loss (事故等级: 一般/较大/重大/特别重大)",
            codes=("ordinary", "larger", "major", "extraordinary"),
            expected=True,
        ),
        whole(name="deaths", title="deaths (死亡人数)", unit="persons"),
        whole(name="injuries", title="grave injuries (重伤人数)", unit="persons"),
        money(name="direct_loss_cny", title="direct loss (直接经济损失)"),
        text(name="device_id", title="record id of the device (设备记录编号)"),
        ends("concluded_on", "inquiry concluded (调查结案日期)"),
        flag(
            name="responsible",
            title="the entity was found responsible (认定负有责任)",
            known_with="concluded_on",
        ),
    ),
)

INCIDENTS = (RECALL, ACCIDENT)
