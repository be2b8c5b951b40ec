"""Two processes match their sets; what goes over the wire is read byte by byte."""

import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, Listener, Pipe
from pathlib import Path
from typing import Any

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.supervision.platforms import psi as ours
from creditrisk.supervision.platforms.psi import POINT_BYTES, answer_listed, ask_listed

psi: Any = pytest.importorskip(
    "private_set_intersection.python", reason="openmined-psi has no wheel for this Python or machine"
)

MERCHANTS = [f"9111010855138508{i:02d}" for i in range(40)]
LISTED = [f"9111010855138508{i:02d}" for i in range(30, 95)]
BUREAU = """
import json, sys
from multiprocessing.connection import Client
from pathlib import Path
from creditrisk.supervision.platforms.psi import answer_listed

class Heard:
    def __init__(self, channel):
        self.channel, self.messages = channel, []
    def send_bytes(self, message):
        self.channel.send_bytes(message)
    def recv_bytes(self, most=None):
        self.messages.append(self.channel.recv_bytes(most))
        return self.messages[-1]

folder = Path(sys.argv[1])
with Client(str(folder / "socket")) as channel:
    heard = Heard(channel)
    sizes = answer_listed(heard, json.loads((folder / "listed.json").read_text()), most=1000)
(folder / "heard").write_bytes(b"".join(heard.messages))
(folder / "sizes.json").write_text(json.dumps([sizes.asked, sizes.listed, len(heard.messages)]))
"""


class Recorded:
    """A channel that keeps what was sent and received."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self.sent: list[bytes] = []
        self.received: list[bytes] = []

    def send_bytes(self, message: bytes) -> None:
        """Send and keep."""
        self.sent.append(message)
        self._channel.send_bytes(message)

    def recv_bytes(self, most: int | None = None) -> bytes:
        """Receive and keep."""
        self.received.append(self._channel.recv_bytes(most))
        return self.received[-1]


def run_between_processes(folder: Path, merchants: list[str]) -> tuple[set[str], Recorded]:
    """Run the bureau in another process; return what the platform learns, and its transcript."""
    folder.mkdir(exist_ok=True)
    (folder / "listed.json").write_text(json.dumps(LISTED), encoding="utf-8")
    with Listener(str(folder / "socket")) as listener:
        with (
            subprocess.Popen([sys.executable, "-c", BUREAU, str(folder)]) as bureau,
            listener.accept() as channel,
        ):
            recorded = Recorded(channel)
            found = ask_listed(recorded, merchants)
        assert bureau.returncode == 0
    return found, recorded


def run_between_threads(merchants: list[str]) -> tuple[set[str], Recorded]:
    """Run the bureau in another thread; return what the platform learns, and its transcript."""
    here, there = Pipe()
    with here, there, ThreadPoolExecutor(1) as pool:
        sizes = pool.submit(answer_listed, there, LISTED, most=1000)
        recorded = Recorded(here)
        found = ask_listed(recorded, merchants)
        assert sizes.result().listed == len(LISTED)
    return found, recorded


def framed(points: list[bytes], field: int) -> bytes:
    """Return the points as a repeated field of a protocol buffer, written by hand."""
    return b"".join(bytes([8 * field + 2, POINT_BYTES]) + point for point in points)


def varint(number: int) -> bytes:
    """Return a length as protocol buffers write it."""
    return bytes([number]) if number < 128 else bytes([128 + number % 128]) + varint(number // 128)


def framed_points(message: bytes) -> list[bytes]:
    """Return every point in a message, whatever its type."""
    marks = [place for place in range(len(message) - POINT_BYTES) if message[place + 1] == POINT_BYTES]
    return [message[place + 2 : place + 2 + POINT_BYTES] for place in marks if message[place] in (0x0A, 0x12)]


def traces(ids: list[str]) -> list[bytes]:
    """Return forms in which an id could give itself away."""
    plain = [one.encode() for one in ids]
    hashed = [hashlib.sha256(one).digest() for one in plain]
    return [*plain, *hashed, *(one.hex().encode() for one in hashed)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], Recorded, Path]:
    """Return one run between two processes."""
    folder = tmp_path_factory.mktemp("psi")
    return *run_between_processes(folder, MERCHANTS), folder


Run = tuple[set[str], Recorded, Path]


def test_the_platform_learns_the_intersection_and_nothing_else(run: Run) -> None:
    found, recorded, _ = run
    assert found == set(MERCHANTS) & set(LISTED)
    assert len(recorded.sent) == 1
    assert len(recorded.received) == 2


def test_the_bureau_hears_one_message_of_points_and_knows_two_sizes(run: Run) -> None:
    _, recorded, folder = run
    heard = (folder / "heard").read_bytes()
    assert heard == recorded.sent[0]
    assert json.loads((folder / "sizes.json").read_text(encoding="utf-8")) == [len(MERCHANTS), len(LISTED), 1]
    points = list(psi.Request.FromString(heard).encrypted_elements)
    assert len(set(points)) == len(points) == len(MERCHANTS)
    assert {len(point) for point in points} == {POINT_BYTES}
    assert {point[0] for point in points} <= {2, 3}
    assert heard == b"\x08\x01" + framed(points, 2)


def test_every_byte_that_the_platform_hears_is_a_point(run: Run) -> None:
    _, recorded, _ = run
    setup, response = (
        psi.ServerSetup.FromString(recorded.received[0]),
        psi.Response.FromString(recorded.received[1]),
    )
    listed, back = list(setup.raw.encrypted_elements), list(response.encrypted_elements)
    assert len(listed) == len(LISTED)
    assert listed == sorted(listed)
    assert len(back) == len(MERCHANTS)
    assert {len(point) for point in listed + back} == {POINT_BYTES}
    within = framed(listed, 1)
    assert recorded.received[0] == b"\x0a" + varint(len(within)) + within
    assert recorded.received[1] == framed(back, 1)


def test_no_id_and_no_plain_hash_of_one_is_on_the_wire(run: Run) -> None:
    _, recorded, _ = run
    wire = b"".join(recorded.sent + recorded.received)
    assert not [one for one in traces(MERCHANTS + LISTED) if one in wire]
    unkeyed = b"".join(hashlib.sha256(one.encode()).digest() for one in MERCHANTS)
    assert [one for one in traces(MERCHANTS) if one in unkeyed]


def test_a_second_run_has_no_point_in_common_with_the_first(run: Run) -> None:
    _, first, _ = run
    _, second = run_between_threads(MERCHANTS)
    for one, other in zip(first.sent + first.received, second.sent + second.received, strict=True):
        points = [set(framed_points(message)) for message in (one, other)]
        assert len(one) == len(other)
        assert points[0]
        assert not points[0] & points[1]


def test_the_bureau_hears_as_much_of_strangers_as_of_the_listed(run: Run) -> None:
    _, first, _ = run
    found, second = run_between_threads([f"9111010855138507{i:02d}" for i in range(len(MERCHANTS))])
    assert found == set()
    assert [len(message) for message in second.sent] == [len(message) for message in first.sent]


def test_a_set_that_is_too_large_or_nonsense_is_refused() -> None:
    here, there = Pipe()
    with here, there:
        request = psi.client.CreateWithNewKey(True).CreateRequest(MERCHANTS).SerializeToString()
        for message in (request, b"nonsense", request[:37] + request[2:37]):
            here.send_bytes(message)
            with pytest.raises(SourceError, match="the platform did not"):
                answer_listed(there, LISTED, most=20)
        assert not here.poll()
        with pytest.raises(SpecError, match="got most=0"):
            answer_listed(there, LISTED, most=0)


def test_a_bureau_that_answers_nonsense_is_found() -> None:
    here, there = Pipe()
    with here, there:
        for message in (b"nonsense", b""):
            there.send_bytes(b"")
            there.send_bytes(message)
            with pytest.raises(SourceError, match="the bureau did not"):
                ask_listed(here, MERCHANTS)
            there.recv_bytes()


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "private_set_intersection.python", None)
    with pytest.raises(SpecError, match=r"pip install 'creditrisk\[psi\]'"):
        ours.ask_listed(Pipe()[0], MERCHANTS)
