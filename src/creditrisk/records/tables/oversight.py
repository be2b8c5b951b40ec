"""What supervision looked at and found: inspections (检查) and product sampling tests (监督抽检)."""

from creditrisk.records.codes.inspection_results import RESULT_CODES
from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import FIELD, day, ends, flag, number, text, whole

CHANNELS = ("random", "targeted", "complaint", "campaign")

INSPECTION = Table(
    name="inspection",
    title_en="inspections of every kind",
    title_zh="双随机等检查",
    responsible="inspecting department (检查机关)",
    public=True,
    number="inspection_no",
    ordered=(("occurred_on", "rectify_due_on"), ("occurred_on", "rectified_on")),
    links=(Link(column="complaint_id", table="complaint"),),
    own=(
        text(name="inspection_no", title="number of the inspection record (检查记录编号)"),
        text(name="plan_id", title="number of the plan (抽查计划编号)"),
        text(name="task_id", title="number of the task (抽查任务编号)"),
        text(
            name="result_codes",
            title="result codes, comma-separated (检查结果代码)",
            required=True,
            codes=RESULT_CODES,
            separator=",",
        ),
        text(
            name="channel",
            title="why this entity was looked at (检查类型)",
            expected=True,
            codes=CHANNELS,
        ),
        number(
            name="inclusion_probability",
            title="probability of being drawn, where drawn at random (入样概率)",
            unit="share",
        ),
        FIELD,
        text(name="items", title="what was looked at (抽查事项)"),
        text(name="complaint_id", title="record id of the complaint that led to it (投诉举报记录编号)"),
        text(name="department", title="inspecting department (检查机关)", expected=True),
        flag(name="joint", title="several departments together (部门联合检查)"),
        text(name="inspector_ids", title="hashed ids of the inspectors, comma-separated (检查人员标识)"),
        whole(name="items_checked", title="items checked (检查项数)", unit="items"),
        whole(name="key_failures", title="key items failed (重点项不符合数)", unit="items"),
        whole(name="general_failures", title="general items failed (一般项不符合数)", unit="items"),
        number(name="score", title="score, where points are given (检查得分)", unit="points"),
        day(name="rectify_due_on", title="deadline to rectify (责令改正期限)"),
        ends("rectified_on", "rectified (整改完成日期)"),
    ),
)

SAMPLING_TEST = Table(
    name="sampling_test",
    title_en="product sampling tests",
    title_zh="监督抽检",
    responsible="department that had the sample taken (抽检组织单位)",
    number="sample_no",
    links=(Link(column="retest_of", table="sampling_test"),),
    own=(
        text(name="sample_no", title="number of the sample (抽样单编号)"),
        FIELD,
        text(name="product", title="product (产品)", expected=True),
        text(name="batch", title="batch or production date (批次)"),
        text(
            name="level",
            title="level of the authority (抽检级别)",
            codes=("national", "provincial", "municipal", "county"),
        ),
        text(name="laboratory", title="who tested it (检验机构)"),
        flag(name="failed", title="failed (不合格)", required=True),
        flag(name="serious", title="failed in an item of safety (严重不合格)"),
        text(name="failed_items", title="items failed, comma-separated (不合格项目)"),
        text(name="retest_of", title="record id of the test that it repeats (初检记录编号)"),
    ),
)

OVERSIGHT = (INSPECTION, SAMPLING_TEST)
