"""What an entity does: annual reports (年报), licences (许可), staff (社保) and taxes (纳税)."""

from creditrisk.records.schema import Column, ColumnType, Table


def _money(name: str, title: str) -> Column:
    return Column(name=name, type=ColumnType.FLOAT, title=title, unit="CNY")


ANNUAL_REPORT = Table(
    name="annual_report",
    title_en="annual reports, one a year due, `filed` says whether it came in time",
    title_zh="年报",
    own=(
        Column(name="year", type=ColumnType.INTEGER, title="the year reported on (年度)", required=True),
        Column(
            name="filed",
            type=ColumnType.BOOLEAN,
            title="filed by 30 June of the next year (按时年报)",
            required=True,
        ),
        _money("assets_cny", "total assets (资产总额)"),
        _money("liabilities_cny", "total liabilities (负债总额)"),
        _money("revenue_cny", "revenue (营业收入)"),
        _money("profit_cny", "profit (利润总额)"),
        _money("tax_cny", "tax paid (纳税总额)"),
        Column(
            name="employees",
            type=ColumnType.INTEGER,
            title="employees (从业人数)",
            unit="persons",
            minimum=0,
        ),
        Column(name="all_zero", type=ColumnType.BOOLEAN, title="every amount reported as 0 (全零申报)"),
    ),
)

LICENCE = Table(
    name="licence",
    title_en="administrative licences; valid from `occurred_on`",
    title_zh="行政许可",
    ordered=(("occurred_on", "valid_to"),),
    own=(
        Column(name="licence_name", type=ColumnType.STRING, title="name of the licence (许可名称)"),
        Column(name="category", type=ColumnType.STRING, title="category (许可类别)"),
        Column(
            name="valid_to",
            type=ColumnType.DATE,
            title="last day of validity, empty if unlimited (有效期至)",
        ),
        Column(
            name="withdrawn_on",
            type=ColumnType.DATE,
            title="withdrawn or replaced (注销/撤销)",
            known_with="withdrawn_on",
        ),
    ),
)

SOCIAL_INSURANCE = Table(
    name="social_insurance",
    title_en="insured staff, one record a month or a year",
    title_zh="社保",
    own=(
        Column(
            name="persons",
            type=ColumnType.INTEGER,
            title="insured persons (参保人数)",
            unit="persons",
            required=True,
            minimum=0,
        ),
    ),
)

TAX_STATUS = Table(
    name="tax_status",
    title_en="yearly tax grade and irregular status",
    title_zh="纳税信用",
    own=(
        Column(
            name="tax_grade",
            type=ColumnType.STRING,
            title="tax credit grade (纳税信用等级)",
            codes=("A", "B", "M", "C", "D"),
        ),
        Column(name="non_normal", type=ColumnType.BOOLEAN, title="irregular taxpayer (非正常户)"),
    ),
)

ACTIVITY = (ANNUAL_REPORT, LICENCE, SOCIAL_INSURANCE, TAX_STATUS)
