"""The sentences of reasons and of calibration, in English and Chinese."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

REASON_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "join": "; ",
        "known": "{title} = {value} {effect} ({points:+.2f} log-odds)",
        "unknown": "{title} not known {effect} ({points:+.2f} log-odds)",
        "term": "{title} {effect} ({points:+.2f} log-odds)",
        "raises": "raises the risk",
        "lowers": "lowers the risk",
        "veto": "direct determination as {risk_class}: {title}{basis}",
        "notch": "raised by {notches} up to {risk_class}: {title}{basis}",
        "floor": "at least {risk_class}: {title}{basis}",
        "ceiling": "at most {risk_class}: {title}{basis}",
        "always_inspect": "always inspected: {title}{basis}",
        "basis": " ({basis})",
        "remedy": "From {before} to {after}, all else equal: {steps} ({changed}).",
        "no_remedy": "No repair or correction by itself leads from {before} to a better class.",
        "best_class": "{before} is the best class.",
        "changed": "{title} {before} → {after}",
        "none": "none",
        "and": ", and ",
        "list": "; ",
    },
    "zh": {
        "join": "；",
        "known": "{title} = {value}，{effect}（对数几率 {points:+.2f}）",
        "unknown": "{title}未知，{effect}（对数几率 {points:+.2f}）",
        "term": "{title}，{effect}（对数几率 {points:+.2f}）",
        "raises": "提高风险",
        "lowers": "降低风险",
        "veto": "直接判定为{risk_class}类：{title}{basis}",
        "notch": "上调{notches}档，最高{risk_class}类：{title}{basis}",
        "floor": "不低于{risk_class}类：{title}{basis}",
        "ceiling": "不高于{risk_class}类：{title}{basis}",
        "always_inspect": "必查对象：{title}{basis}",
        "basis": "（{basis}）",
        "remedy": "其他条件不变，{steps}后，可由{before}类调整为{after}类（{changed}）。",
        "no_remedy": "仅靠信用修复或整改，不能由{before}类进入更低风险类别。",
        "best_class": "{before}类已是最低风险类别。",
        "changed": "{title} {before} → {after}",
        "none": "无",
        "and": "并",
        "list": "；",
    },
}

SHARE_NOTES: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "reached": "",
        "ties": "Equal values or rules keep the target shares from being reached exactly.",
        "vetoes": "Rules alone put {direct} of the entities into D, more than its share of {wanted}; "
        "D keeps them, and A, B and C share the rest in proportion.",
    },
    "zh": {
        "reached": "",
        "ties": "因数值相同或规则所限，目标占比无法完全达到。",
        "vetoes": "仅按规则就有{direct}的主体列入D类，超过其目标占比{wanted}；"
        "这些主体保留在D类，A、B、C类按比例分配其余主体。",
    },
}
