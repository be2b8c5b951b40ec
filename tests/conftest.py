"""What every test may ask for: the repository, and the public data where it is present."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
_ON_A_SERVER = re.compile(r"engines/.*(\[(spark|postgres)|scoring_agrees)")


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Tests of a file stay together, what they share is made once; one worker talks to the servers."""

    def _split_scope(self, nodeid: str) -> str:
        return "servers" if _ON_A_SERVER.search(nodeid) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Callable[..., object]) -> Any:
    """Give each worker whole files, in the order of collection."""
    config.option.loadscopereorder = False
    return _ByFile(config, log)


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
