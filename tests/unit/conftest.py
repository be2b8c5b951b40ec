"""What tests of several commands share."""

from pathlib import Path

import pytest

from creditrisk.records.synthetic import simulate


@pytest.fixture(scope="session")
def small_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the register, the abnormal list and the penalties of a made-up registry."""
    folder = tmp_path_factory.mktemp("registry")
    tables = simulate(300, seed=4).tables
    for name in ("registration", "abnormal_list", "penalty"):
        tables[name].to_parquet(folder / f"{name}.parquet")
    return folder
