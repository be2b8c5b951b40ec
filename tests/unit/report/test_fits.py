from dataclasses import replace

import pytest
from tests.unit.report.contents import draw_content

from creditrisk.models.inference.status import FitState
from creditrisk.report.content import Fit
from creditrisk.report.fits import fits
from creditrisk.report.language import load_texts


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_way_in_which_a_fit_ends_has_its_words(language):
    assert set(load_texts(language)["fit"]["states"]) == set(FitState)


def test_a_row_has_the_part_the_verdict_and_the_figures_that_are_known():
    fit = Fit(
        part="loss",
        ok=True,
        sentence="The exact posterior converged.",
        state="exact",
        figures={"k_hat": float("nan"), "r_hat": 1.0042, "ess": 812.3, "divergences": 0.0, "rows": 1295.0},
    )
    content = replace(draw_content(100), fits=(fit,))
    assert fits(content, load_texts("en")) == [
        [
            "loss of a violation",
            "Passed its checks. Sampled exactly.",
            "R̂ 1.004, ESS 812, divergent 0, rows 1,295",
        ]
    ]
    assert fits(content, load_texts("zh")) == [
        ["违法损失", "通过检查。精确抽样。", "R̂ 1.004，有效样本 812，发散 0，样本 1,295"]
    ]


def test_a_state_without_words_is_told_by_its_sentence_in_english_only():
    fit = Fit(part="loss", ok=False, sentence="It is new.", state="new")
    content = replace(draw_content(100), fits=(fit,))
    assert fits(content, load_texts("en"))[0][1].endswith(" It is new.")
    assert "new" not in fits(content, load_texts("zh"))[0][1]
