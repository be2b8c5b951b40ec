"""The sentences of calibration, in English and Chinese."""

from collections.abc import Mapping

from creditrisk.grading.texts import Language

CONDITIONS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "capacity": "at most {limit:,.0f} entities in {classes}",
        "capacity_figure": "{figure:,.0f} entities",
        "inspections": "at most {limit:,.0f} expected inspections",
        "inspections_figure": "{figure:,.0f} expected inspections",
        "precision": "a violation rate of at least {limit:.1%} in D",
        "precision_figure": "a violation rate of {figure:.1%}",
        "maximal_share": "at most {limit:.2%} of the entities in D",
        "maximal_share_figure": "{figure:.2%} of the entities",
    },
    "zh": {
        "capacity": "{classes}类不超过{limit:,.0f}户",
        "capacity_figure": "{figure:,.0f}户",
        "inspections": "预计检查不超过{limit:,.0f}次",
        "inspections_figure": "预计检查{figure:,.0f}次",
        "precision": "D类违法率不低于{limit:.1%}",
        "precision_figure": "违法率为{figure:.1%}",
        "maximal_share": "D类占比不超过{limit:.2%}",
        "maximal_share_figure": "占比为{figure:.2%}",
    },
}

RECOMMENDATIONS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "and": " and ",
        "conflict": "Two goals conflict: by “{wide}” alone {classes} would hold {wide_size} entities, with "
        "{tight_at_wide}, and “{tight}” would be missed. We recommend {size} entities, which keeps every "
        "goal; the {room} places that stay free can go to the class below.",
        "unkept": "No cut keeps “{goal}”: with the smallest {classes} that the rules allow, {size} entities, "
        "it comes to {figure}. We recommend to change this goal.",
    },
    "zh": {
        "and": "、",
        "conflict": "两个目标相互冲突：仅按“{wide}”，{classes}类将有{wide_size}户，{tight_at_wide}，"
        "无法满足“{tight}”。建议取{size}户，各项目标均可满足；其余{room}户名额可用于下一等级。",
        "unkept": "任何分界值都无法满足“{goal}”：在规则允许的最小{classes}类（{size}户）下，{figure}。"
        "建议调整该目标。",
    },
}
