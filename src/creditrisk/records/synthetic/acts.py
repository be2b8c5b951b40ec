"""Illegal acts (违法行为) that penalties name, by area of supervision."""

import numpy as np
from numpy.typing import NDArray

ACTS: dict[str, tuple[str, ...]] = {
    "food": (
        "经营超过保质期的食品",
        "食品标签不符合规定",
        "未按规定查验进货",
        "经营不符合食品安全标准的食品",
    ),
    "drug": ("未凭处方销售处方药", "从非法渠道购进药品", "未遵守药品经营质量管理规范"),
    "medical_device": (
        "经营未取得注册证的医疗器械",
        "未按规定查验医疗器械进货",
        "医疗器械说明书、标签不符合规定",
    ),
    "cosmetics": ("经营未备案的化妆品",),
    "special_equipment": (
        "使用未经定期检验的特种设备",
        "使用未办理使用登记的特种设备",
        "短接电梯安全装置",
        "转包、分包电梯维保业务",
    ),
    "industrial_product": ("销售不合格产品", "生产不符合国家标准的产品", "未取得生产许可证生产"),
    "advertising": ("发布虚假广告", "广告使用绝对化用语", "未经审查发布广告"),
    "price": ("价格欺诈", "未明码标价", "哄抬价格", "不执行政府指导价"),
    "online_trading": (
        "虚构交易、编造用户评价",
        "虚假宣传",
        "未公示营业执照信息",
        "侵害消费者个人信息",
        "限定交易",
    ),
    "competition": ("不正当竞争", "虚假宣传", "垄断协议"),
    "intellectual_property": ("侵犯注册商标专用权", "假冒专利"),
    "measurement": ("使用不合格的计量器具", "商品量计量违法"),
    "registration": ("未按规定公示年度报告", "未办理变更登记", "无照经营"),
    "other": ("侵害消费者权益", "未按规定履行其他义务"),
}
OVERCHARGES = ("价格欺诈", "哄抬价格", "不执行政府指导价")
_OF_UPKEEP = "转包、分包电梯维保业务"
_OF_USERS = "使用未经定期检验的特种设备"


def draw_acts(
    rng: np.random.Generator, fields: NDArray[np.str_], does_upkeep: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """Draw an act of each area; only those that keep up elevators pass their upkeep on.

    Parameters
    ----------
    rng : Generator
        Where the random numbers come from.
    fields : array of str, shape (n,)
        Areas of supervision.
    does_upkeep : array of bool, shape (n,)
        Who keeps up elevators.

    Returns
    -------
    array of str, shape (n,)
        The acts.

    Examples
    --------
    >>> draw_acts(np.random.default_rng(0), np.array(["cosmetics"]), np.array([False])).tolist()
    ['经营未备案的化妆品']
    """
    draws = rng.random(len(fields))
    acts = np.full(len(fields), "", dtype="U20")
    for name in np.unique(fields):
        chosen = fields == name
        words = np.array(ACTS[str(name)])
        acts[chosen] = words[(draws[chosen] * len(words)).astype(np.int64)]
    return np.where((acts == _OF_UPKEEP) & ~does_upkeep, _OF_USERS, acts)
