import numpy as np
import pytest

from creditrisk.records.synthetic.uscc import ALPHABET, usccs


def serial_of(text: str) -> int:
    value = 0
    for symbol in text:
        value = 31 * value + ALPHABET.index(symbol)
    return value


def is_valid(code: str) -> bool:
    body = ["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(symbol) for symbol in code[8:16]]
    rest = (
        11 - sum(value * weight for value, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    )
    body_check = {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(ALPHABET.index(symbol) * 3**place % 31 for place, symbol in enumerate(code[:17]))
    return code[16] == body_check and code[17] == ALPHABET[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    "code",
    ["92371402MA6C00009J", "91510100MA6C0005XL", "91510100MA00000820", "91510100MA00003140"],
    ids=["plain", "body check X", "remainder 0", "remainder 0 again"],
)
def test_known_codes_come_out_whole(code: str) -> None:
    serial = np.array([serial_of(code[10:16])])
    assert usccs([code[:2]], [code[2:8]], serial).tolist() == [code]


def test_every_code_is_valid_and_all_differ() -> None:
    serials = np.random.default_rng(1).choice(31**6, 3000, replace=False)
    codes = usccs(["91", "92", "93"] * 1000, ["510104", "440305", "441302"] * 1000, serials).tolist()
    assert all(map(is_valid, codes))
    assert len(set(codes)) == 3000
    assert {code[16] for code in codes} == set("0123456789X")
    assert {code[17] for code in codes} == set(ALPHABET)


def test_the_check_of_this_test_can_fail() -> None:
    assert not is_valid("91350100M000100Y4A")
