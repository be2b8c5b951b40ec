"""Every spec test runs on every engine."""

import pytest
from tests.lib.engines import ENGINES, Engine


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return one way to compute indicators."""
    return ENGINES[request.param]
