"""What an entity does: annual reports (年报), staff (社保), taxes (纳税), utilities and invoices (发票)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import balance, day, ends, flag, money, number, text, whole

ANNUAL_REPORT = Table(
    name="annual_report",
    title_en="annual reports, one a year due, `filed` says whether it came in time",
    title_zh="年报",
    responsible="entity itself, to the registration authority (企业自报, 登记机关)",
    each_year=True,
    matter=("year", "assets_cny", "liabilities_cny", "revenue_cny", "profit_cny"),
    own=(
        whole(name="year", title="the year reported on (年度)", unit="year", required=True),
        flag(name="filed", title="filed by 30 June of the next year (按时年报)", required=True),
        balance(name="assets_cny", title="total assets (资产总额)"),
        balance(name="liabilities_cny", title="total liabilities (负债总额)"),
        balance(name="equity_cny", title="owners' equity (所有者权益)"),
        balance(name="revenue_cny", title="revenue (营业收入)"),
        balance(name="main_revenue_cny", title="revenue of the main business (主营业务收入)"),
        balance(name="profit_cny", title="profit (利润总额)"),
        balance(name="net_profit_cny", title="profit after tax (净利润)"),
        balance(name="tax_cny", title="tax paid (纳税总额)"),
        money(name="guarantees_cny", title="guarantees given to others (对外担保)"),
        whole(name="employees", title="employees (从业人数)", unit="persons"),
        whole(name="insured_persons", title="insured staff as reported (参保人数)", unit="persons"),
        whole(name="websites", title="websites and online shops reported (网站网店数)", unit="sites"),
        text(
            name="operating_status",
            title="state of the business (经营状态)",
            codes=("open", "paused", "liquidation", "closed"),
        ),
        flag(name="all_zero", title="every amount reported as 0 (全零申报)"),
        flag(name="amounts_public", title="amounts open to the public (资产状况公示)"),
        flag(name="self_check_filed", title="yearly self-check handed in with it (年度自查报告)"),
    ),
)

SOCIAL_INSURANCE = Table(
    name="social_insurance",
    title_en="insured staff, one record a month or a year",
    title_zh="社保、公积金",
    responsible="social insurance and housing fund (人社、公积金)",
    matter=("scheme", "persons", "contributions_cny"),
    own=(
        text(
            name="scheme",
            title="scheme, empty if all together (险种)",
            codes=("pension", "medical", "injury", "unemployment", "housing_fund"),
        ),
        whole(name="persons", title="insured persons (参保人数)", unit="persons", required=True),
        money(name="contributions_cny", title="paid for the period (缴费金额)"),
        money(name="arrears_cny", title="owed (欠缴金额)"),
    ),
)

TAX_STATUS = Table(
    name="tax_status",
    title_en="yearly tax grade and irregular status",
    title_zh="纳税信用",
    responsible="tax authority (税务)",
    ordered=(("occurred_on", "regular_again_on"),),
    matter=("year", "tax_grade", "non_normal", "arrears_cny"),
    own=(
        whole(name="year", title="the year graded (评价年度)", unit="year"),
        text(
            name="tax_grade",
            title="tax credit grade (纳税信用等级)",
            codes=("A", "B", "M", "C", "D"),
        ),
        flag(name="graded_directly", title="D by direct determination (直接判D级)"),
        flag(name="non_normal", title="irregular taxpayer (非正常户)"),
        ends("regular_again_on", "no longer irregular (解除非正常户日期)"),
        money(name="arrears_cny", title="tax owed (欠税)"),
        flag(name="major_violation", title="serious tax violation (重大税收违法)"),
    ),
)

UTILITY = Table(
    name="utility",
    title_en="electricity, water and gas used, one record a month",
    title_zh="水电气",
    responsible="utility companies (公用事业单位)",
    own=(
        text(name="meter_id", title="number of the account (户号)"),
        number(name="electricity_kwh", title="electricity used (用电量)", unit="kWh"),
        number(name="water_m3", title="water used (用水量)", unit="m³"),
        number(name="gas_m3", title="gas used (用气量)", unit="m³"),
        money(name="bill_cny", title="billed (应缴费用)"),
        money(name="arrears_cny", title="owed (欠费)"),
    ),
)

INVOICE = Table(
    name="invoice",
    title_en="invoices issued and received, one record a month",
    title_zh="发票月汇总",
    responsible="tax authority (税务)",
    matter=("issued", "issued_cny", "received_cny"),
    own=(
        whole(name="issued", title="invoices issued (开票份数)", unit="invoices", required=True),
        money(name="issued_cny", title="amount issued, without tax (开票金额)", required=True),
        money(name="output_tax_cny", title="tax on what was issued (销项税额)"),
        whole(
            name="full_amount", title="issued at 90 % of the limit or more (顶额开具份数)", unit="invoices"
        ),
        whole(name="voided", title="issued and voided (作废份数)", unit="invoices"),
        whole(name="red_letter", title="red-letter invoices (红字发票份数)", unit="invoices"),
        money(name="red_letter_cny", title="amount taken back by red letter (红字金额)"),
        money(name="limit_cny", title="largest amount of one invoice allowed (最高开票限额)"),
        whole(name="quota", title="invoices allowed this month (核定份数)", unit="invoices"),
        whole(name="quota_raises", title="times the quota was raised (增量次数)", unit="times"),
        whole(name="buyers", title="different buyers (购方户数)", unit="entities"),
        number(name="largest_buyer_share", title="share of the largest buyer (最大购方占比)", unit="share"),
        whole(name="received", title="invoices received (受票份数)", unit="invoices"),
        money(name="received_cny", title="amount received, without tax (受票金额)"),
        money(name="input_tax_cny", title="tax on what was received (进项税额)"),
        whole(name="suppliers", title="different suppliers (销方户数)", unit="entities"),
        text(name="goods_sold", title="largest category sold, tax code (主要销项商品编码)"),
        text(name="goods_bought", title="largest category bought, tax code (主要进项商品编码)"),
        money(name="unbought_cny", title="sold in categories never bought (进销不符金额)"),
        money(name="outside_scope_cny", title="sold outside scope or licence (超许可开票金额)"),
        money(name="rebate_cny", title="export rebate applied for (出口退税申报额)"),
        day(name="first_issued_on", title="first invoice ever (首次开票日期)"),
    ),
)

ACTIVITY = (ANNUAL_REPORT, SOCIAL_INSURANCE, TAX_STATUS, UTILITY, INVOICE)
