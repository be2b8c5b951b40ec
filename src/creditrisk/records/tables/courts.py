"""What an entity is tried for: lawsuits (诉讼)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.columns import ends, money, text

LAWSUIT = Table(
    name="lawsuit",
    title_en="lawsuits",
    title_zh="诉讼",
    responsible="people's court (人民法院)",
    number="case_no",
    ordered=(("occurred_on", "closed_on"),),
    own=(
        text(name="case_no", title="number of the case (案号)", expected=True),
        text(name="court", title="court (受理法院)"),
        text(name="cause", title="cause of action (案由)"),
        text(name="role", title="role (诉讼地位)", codes=("defendant", "plaintiff", "third")),
        money(name="amount_cny", title="amount (标的额)"),
        ends("closed_on", "closed (结案日期)"),
        text(
            name="outcome",
            title="how it ended for the entity (结案方式)",
            codes=("won", "partly_won", "lost", "settled", "withdrawn"),
            known_with="closed_on",
        ),
    ),
)

COURTS = (LAWSUIT,)
