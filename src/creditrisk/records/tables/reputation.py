"""What others say: complaints (投诉举报), commendations (表彰), commitments (承诺) and repairs (信用修复)."""

from creditrisk.records.schema import Column, ColumnType, Table

COMPLAINT = Table(
    name="complaint",
    title_en="complaints and reports",
    title_zh="投诉举报",
    own=(
        Column(
            name="kind",
            type=ColumnType.STRING,
            title="complaint or report (类型)",
            codes=("complaint", "report"),
        ),
        Column(name="category", type=ColumnType.STRING, title="category (类别)"),
        Column(
            name="verified",
            type=ColumnType.BOOLEAN,
            title="found to be true (属实)",
            known_with="closed_on",
        ),
        Column(name="closed_on", type=ColumnType.DATE, title="closed (办结日期)", known_with="closed_on"),
        Column(name="amount_cny", type=ColumnType.FLOAT, title="amount in dispute", unit="CNY", minimum=0),
    ),
)

COMMENDATION = Table(
    name="commendation",
    title_en="commendations and honours",
    title_zh="表彰荣誉",
    own=(
        Column(name="level", type=ColumnType.STRING, title="level of the giver (级别)"),
        Column(name="valid_to", type=ColumnType.DATE, title="last day of validity (有效期至)"),
    ),
)

COMMITMENT = Table(
    name="commitment",
    title_en="credit commitments",
    title_zh="信用承诺",
    own=(
        Column(
            name="broken_on",
            type=ColumnType.DATE,
            title="found to be broken (认定违诺日期)",
            known_with="broken_on",
        ),
    ),
)

REPAIR = Table(
    name="repair",
    title_en="completed credit repairs",
    title_zh="信用修复",
    own=(
        Column(name="repaired_table", type=ColumnType.STRING, title="table of the repaired record"),
        Column(name="repaired_record_id", type=ColumnType.STRING, title="id of the repaired record"),
    ),
)

REPUTATION = (COMPLAINT, COMMENDATION, COMMITMENT, REPAIR)
