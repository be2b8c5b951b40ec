"""What an entity does in public: online shops (网店), their monitoring (网络监测) and advertising (广告)."""

from creditrisk.records.schema import Link, Table
from creditrisk.records.tables.columns import day, ends, flag, number, text, whole

ONLINE_SHOP = Table(
    name="online_shop",
    title_en="online shops and platforms",
    title_zh="网店、网站",
    responsible="platforms, to market supervision (平台企业报送)",
    ordered=(("occurred_on", "closed_on"),),
    own=(
        text(
            name="kind",
            title="kind of site (网站类型: 平台/自建网站/机构店铺/个人店铺)",
            required=True,
            codes=("platform", "own_site", "institution_shop", "personal_shop"),
        ),
        text(name="shop_no", title="number of the shop on its platform (店铺编号)"),
        text(name="shop_name", title="name of the shop (店铺名称)", expected=True),
        text(name="url", title="address of the site (网址)"),
        text(
            name="platform_id",
            title="entity that runs the platform (平台统一社会信用代码)",
            code_system="uscc",
        ),
        flag(name="live_streaming", title="sells by live stream (直播营销)"),
        ends("closed_on", "closed (关闭日期)"),
    ),
)

ONLINE_MONITOR = Table(
    name="online_monitor",
    title_en="monitoring of online shops and platforms, one record a check",
    title_zh="网络交易监测",
    responsible="market supervision (市场监管部门)",
    ordered=(("occurred_on", "takedown_due_on"), ("occurred_on", "taken_down_on")),
    links=(Link(column="online_shop_id", table="online_shop"),),
    own=(
        text(name="online_shop_id", title="record id of the shop or platform (网店记录编号)", expected=True),
        flag(name="licence_shown", title="business licence shown (亮照)"),
        flag(name="permit_shown", title="permits shown (亮证)"),
        flag(name="identity_matches", title="shown identity agrees with registration (主体信息一致)"),
        whole(name="orders", title="orders in the last month (月订单数)", unit="orders"),
        whole(name="prohibited_goods", title="goods that may not be sold (禁限售商品)", unit="goods"),
        whole(name="bundles", title="bundles and boxes ticked beforehand (捆绑销售)", unit="offers"),
        whole(name="stream_violations", title="violations in live streams (直播违规)", unit="violations"),
        whole(name="sellers", title="sellers on the platform looked at (抽查平台内经营者)", unit="entities"),
        whole(name="sellers_shown", title="of them with the licence shown (亮照经营者)", unit="entities"),
        day(name="takedown_due_on", title="to be dealt with by (处置期限)"),
        ends("taken_down_on", "dealt with by the platform (处置日期)"),
    ),
)

AD_MONITOR = Table(
    name="ad_monitor",
    title_en="advertising monitoring, one record a month and medium",
    title_zh="广告监测",
    responsible="advertising monitoring (广告监测中心)",
    matter=("role", "medium", "items", "illegal_items"),
    own=(
        text(
            name="role",
            title="part in the advertising (广告活动主体)",
            required=True,
            codes=("advertiser", "agent", "publisher", "endorser"),
        ),
        text(
            name="medium",
            title="medium (媒介)",
            codes=("television", "radio", "newspaper", "internet", "outdoor", "other"),
        ),
        whole(name="items", title="advertisements monitored (监测条次)", unit="items", required=True),
        whole(name="illegal_items", title="of them illegal (违法条次)", unit="items", required=True),
        number(name="seconds", title="time monitored (监测时长)", unit="s"),
        number(name="illegal_seconds", title="of it illegal (违法时长)", unit="s"),
        whole(name="serious_items", title="seriously illegal (严重违法条次)", unit="items"),
        whole(
            name="sensitive_items",
            title="medical, drugs, health food, finance, training (重点领域条次)",
            unit="items",
        ),
        whole(name="absolute_items", title="with absolute terms (绝对化用语条次)", unit="items"),
        whole(name="medical_claim_items", title="with medical claims (涉医疗功效条次)", unit="items"),
        whole(
            name="emblem_items",
            title="with flag, emblem or state organs (国旗国徽、国家机关名义)",
            unit="items",
        ),
        whole(
            name="unreviewed_items",
            title="without the review number they need (无审查文号条次)",
            unit="items",
        ),
        whole(
            name="unstopped_items", title="shown after an order to stop (责令停止后发布条次)", unit="items"
        ),
    ),
)

TRADING = (ONLINE_SHOP, ONLINE_MONITOR, AD_MONITOR)
