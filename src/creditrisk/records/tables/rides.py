"""Orders of ride-hailing platforms (网约车)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import flag, money, number, text

RIDE_ORDER = Table(
    name="ride_order",
    title_en="ride-hailing orders; of the platform",
    title_zh="网约车订单",
    responsible="transport authority (交通运输)",
    number="order_no",
    own=(
        text(name="order_no", title="number of the order (订单编号)", required=True),
        text(name="driver_id", title="hashed id of the driver (驾驶员标识)", expected=True),
        text(name="vehicle_id", title="hashed number plate (车辆标识)", expected=True),
        text(name="region", title="GB/T 2260 code of the start (行政区划)", code_system="region"),
        number(name="distance_km", title="distance (里程)", unit="km"),
        money(name="fare_cny", title="fare (金额)"),
        flag(name="driver_certified", title="driver's certificate valid that day (人员从业资格有效)"),
        flag(name="vehicle_certified", title="vehicle's certificate valid that day (车辆运营资质有效)"),
    ),
)

RIDES = (RIDE_ORDER,)
