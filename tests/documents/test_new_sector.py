"""A sector that the library does not have: one TOML file of ten indicators, by the how-to page alone."""

import math
import re
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from tests.documents.blocks import blocks
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of
from typer.testing import CliRunner

import creditrisk as cr
from creditrisk.cli import app
from creditrisk.indicators.measures import MEASURES

HERE = Path(__file__).parent

DRAWN = {
    "licence": """
entity_id | occurred_on | known_on   | field     | valid_to   | withdrawn_on
a         | 2022-01-01  | 2022-01-01 | cosmetics | 2024-12-31 |
b         | 2022-01-01  | 2022-01-01 | cosmetics | 2025-01-31 |
c         | 2022-01-01  | 2022-01-01 | food      | 2025-01-31 |
""",
    "sampling_test": """
entity_id | occurred_on | known_on   | field     | failed
a         | 2024-01-01  | 2024-01-01 | cosmetics | yes
a         | 2024-02-01  | 2024-02-01 | cosmetics | no
b         | 2024-02-01  | 2024-02-01 | food      | yes
""",
    "penalty": """
entity_id | occurred_on | known_on   | field     | fine_cny
a         | 2024-12-22  | 2024-12-23 | cosmetics | 1000
a         | 2024-12-22  | 2024-12-23 | price     | 5000
""",
    "recall": """
entity_id | occurred_on | known_on   | field     | due_on     | finished_on
a         | 2024-01-01  | 2024-01-01 | cosmetics | 2024-03-01 |
b         | 2024-01-01  | 2024-01-01 | cosmetics | 2024-03-01 | 2024-03-01
""",
    "complaint": """
entity_id | occurred_on | known_on   | field     | verified | closed_on
a         | 2024-11-01  | 2024-11-01 | cosmetics | yes      | 2024-11-20
a         | 2024-11-02  | 2024-11-02 | cosmetics | no       | 2024-11-20
a         | 2024-11-02  | 2024-11-02 | price     | yes      | 2024-11-20
""",
    "online_shop": """
entity_id | occurred_on | known_on   | kind     | closed_on
a         | 2023-01-01  | 2023-01-01 | own_site |
b         | 2023-01-01  | 2023-01-01 | own_site | 2024-01-01
""",
}

NOTHING = math.nan
EXPECTED = {
    "cosmetics_licence_lapsed": [1, 0, NOTHING],
    "cosmetics_licence_days": [NOTHING, 30, NOTHING],
    "cosmetics_sample_fail_rate": [0.3, NOTHING, NOTHING],
    "cosmetics_penalty_n": [1, 0, 0],
    "cosmetics_fine_log": [math.log1p(1000), 0, 0],
    "cosmetics_penalty_days": [10, NOTHING, NOTHING],
    "cosmetics_recall_late_n": [1, 0, 0],
    "cosmetics_complaint_n": [1, 0, 0],
    "cosmetics_complaint_growth": [math.log(3), 0, 0],
    "cosmetics_online": [1, 0, 0],
}


@pytest.fixture
def names(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what the page's own Python leaves behind, run on the new sector."""
    page = repository / "docs" / "how-to" / "own-indicators.md"
    shutil.copy(HERE / "cosmetics.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    drawn = {table: drawn_records(table, text) for table, text in DRAWN.items()}
    found: dict[str, object] = {
        "cr": cr,
        "records": records_of({"registration": registered(*"abc"), **drawn}),
    }
    run = blocks(page, "python")[0].replace("our-district", "cosmetics")
    exec(run.replace("fines_24m_log", "cosmetics_fine_log"), found)
    return found


def test_ten_indicators_come_out_as_drawn(names: dict[str, object]) -> None:
    X = names["X"]
    assert isinstance(X, pd.DataFrame)
    expected = pd.DataFrame(EXPECTED, index=pd.Index(list("abc"), name="entity_id"))
    pd.testing.assert_frame_equal(X[list(EXPECTED)], expected, check_dtype=False, check_index_type=False)
    assert X.attrs["creditrisk"]["titles"]["cosmetics_online"] == ["sells online", "网络销售"]


def test_the_general_system_is_still_there(names: dict[str, object]) -> None:
    system = names["system"]
    assert isinstance(system, cr.IndicatorSystem)
    assert system.names == [*cr.load_system("general").names, *EXPECTED]
    assert [rule.id for rule in system.rules][-1] == "COR1"


def test_the_page_and_the_measures_name_every_key_that_the_file_uses(repository: Path) -> None:
    page = (repository / "docs" / "how-to" / "own-indicators.md").read_text(encoding="utf-8")
    file = tomllib.loads((HERE / "cosmetics.toml").read_text(encoding="utf-8"))
    parameters = {key for entry in file["indicators"] for key in MEASURES[entry["measure"]].model_fields}
    used = {key for entry in (file, *file["indicators"], *file["rules"]) for key in entry}
    assert len(file["indicators"]) == 10
    assert {key for key in used - parameters if not re.search(rf"\b{key}\b", page)} == set()


def test_the_rule_of_the_page_fits_its_system(repository: Path, tmp_path: Path) -> None:
    system, rule = blocks(repository / "docs" / "how-to" / "own-indicators.md", "toml")[:2]
    path = tmp_path / "our-district.toml"
    path.write_text(f"{system}\n{rule}", encoding="utf-8")
    notch = cr.load_system(path).rules[-1]
    assert (notch.id, notch.notches, notch.risk_class) == ("LR1", 1, "C")


def test_the_command_line_finds_no_error_in_it() -> None:
    result = CliRunner().invoke(app, ["system", "lint", str(HERE / "cosmetics.toml")])
    assert result.exit_code == 0, result.output
    assert "errors 0" in result.output
