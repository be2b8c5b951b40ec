"""What every test may ask for: the repository, and the public data where it is present."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def public_data() -> Path:
    """Return the folder of the public data sets, or skip the test where it is missing."""
    folder = Path(os.environ.get("CREDITRISK_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "chicago_food_events.parquet").is_file():
        pytest.skip(f"the public data are not in {folder}; set CREDITRISK_DATA to their folder")
    return folder
