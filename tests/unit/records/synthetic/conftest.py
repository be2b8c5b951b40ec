import pytest

from creditrisk.records.synthetic import SyntheticRegistry, simulate


@pytest.fixture(scope="session")
def small_registry() -> SyntheticRegistry:
    return simulate(2500, seed=11)
