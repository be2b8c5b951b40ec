"""A desk whose log is closed after the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.unit.supervision.platforms.shop import open_log, register

from creditrisk.supervision.platforms.desk import PlatformDesk
from creditrisk.supervision.platforms.partner import Partner
from creditrisk.supervision.platforms.query_log import QueryLog

type DeskOf = Callable[..., tuple[PlatformDesk, QueryLog]]


@pytest.fixture
def desk_of(tmp_path: Path) -> Iterator[DeskOf]:
    """Return how to open a desk with a log for some partners."""
    with ExitStack() as opened:

        def desk(*partners: Partner) -> tuple[PlatformDesk, QueryLog]:
            log = opened.enter_context(open_log(tmp_path))
            return PlatformDesk(register(), partners, log), log

        yield desk
