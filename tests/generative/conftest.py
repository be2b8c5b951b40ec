"""How deep to search: a little on every run, far more with ``--hypothesis-profile=deep``."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("shallow", max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("deep", parent=settings.get_profile("shallow"), max_examples=300)


def pytest_configure(config: pytest.Config) -> None:
    """Search shallowly unless a profile was asked for."""
    if not config.getoption("--hypothesis-profile", default=None):
        settings.load_profile("shallow")
