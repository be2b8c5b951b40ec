"""What a thread makes ahead comes in order, and its errors come with it."""

from collections.abc import Generator

import pytest

from creditrisk.indicators.executors.scan.threads import ahead


def test_things_come_in_their_order() -> None:
    assert list(ahead((number for number in range(100)), most=3)) == list(range(100))
    assert list(ahead((number for number in range(0)), most=3)) == []


def test_an_error_comes_where_it_happened() -> None:
    def broken() -> Generator[int]:
        yield 1
        raise ValueError("no more")

    things = ahead(broken(), most=3)
    assert next(things) == 1
    with pytest.raises(ValueError, match="no more"):
        next(things)


def test_no_more_is_made_than_allowed_nor_after_the_last_was_taken() -> None:
    made = []

    def counted() -> Generator[int]:
        try:
            for number in range(1000):
                made.append(number)
                yield number
        finally:
            made.append(-1)

    things = ahead(counted(), most=3)
    assert next(things) == 0
    things.close()  # type: ignore[attr-defined]
    assert len(made) <= 6
    assert made[-1] == -1
