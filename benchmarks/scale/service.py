"""The example service under load: a hundred clients that ask again as soon as they are answered.

    python -m benchmarks.scale.service [--clients 100] [--seconds 60] [--quick]

A model of 45 indicators with 400 draws is served by one process of `examples.service`; the clients live in
this process, on the same cores. Every hundredth body is malformed on purpose and must get a 4xx.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.scale.one_entity import model
from benchmarks.scale.scoring_posterior import COLUMNS, indicators
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk import GradingPolicy

MALFORMED = (b"{", b"[]", b'{"values": {"x0": []}}', b'{"values": {}}')


class Counts:
    """What the clients saw: seconds of each answer, and how many were not as they should be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.errors = self.malformed = self.wrongly_answered = 0


async def client(number: int, port: int, bodies: list[bytes], until: float, counts: Counts) -> None:
    """Ask over one connection until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = number
    while time.perf_counter() < until:
        bad = asked % 100 == 7
        body = MALFORMED[asked % len(MALFORMED)] if bad else bodies[asked % len(bodies)]
        began = time.perf_counter()
        status = await ask(reader, writer, body)
        if bad:
            counts.malformed += 1
            counts.wrongly_answered += not 400 <= status < 500
        else:
            counts.seconds.append(time.perf_counter() - began)
            counts.errors += status != 200
        asked += 1
    writer.close()
    await writer.wait_closed()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> int:
    """Return the status of one request; the answer is read and thrown away."""
    head = f"POST /grade HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    writer.write(head.encode() + b"Content-Type: application/json\r\n\r\n" + body)
    await writer.drain()
    said = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = next(line for line in said.splitlines() if line.startswith("content-length:"))
    await reader.readexactly(int(length.partition(":")[2]))
    return int(said.split()[1])


async def load(port: int, clients: int, seconds: float, bodies: list[bytes]) -> Counts:
    """Let all clients ask at once."""
    counts, until = Counts(), time.perf_counter() + seconds
    await asyncio.gather(*(client(number, port, bodies, until, counts) for number in range(clients)))
    return counts


def run(clients: int, seconds: float, port: int = 8765) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    clients : int
        How many ask at the same time.
    seconds : float
        For how long.
    port : int, default 8765
        Where the service listens.
    """
    names = [f"x{j}" for j in range(COLUMNS)]
    rows = [dict(zip(names, row, strict=True)) for row in indicators(500, seed=9).tolist()]
    bodies = [json.dumps({"entity_id": str(i), "values": row}).encode() for i, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as place:
        file, policy = Path(place) / "model.nc", Path(place) / "policy.toml"
        model().save(file)
        GradingPolicy(name="load", version="1", cuts=(100.0, 1000.0, 10_000.0)).to_toml(policy)
        command = [sys.executable, "-W", "ignore", "-m", "examples.service"]
        command += ["--model", str(file), "--policy", str(policy), "--port", str(port)]
        process = subprocess.Popen(command)
        try:
            asyncio.run(_up(port))
            counts = asyncio.run(load(port, clients, seconds, bodies))
        finally:
            process.terminate()
            code = process.wait()
    tell(clients, seconds, counts, code)


async def _up(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the service did not start within a minute")


def tell(clients: int, seconds: float, counts: Counts, code: int) -> None:
    """Print the table, the bars and the JSON line."""
    taken = sorted(counts.seconds)
    ours: dict[str, Any] = {
        "answers": float(len(taken)),
        "answers a second": len(taken) / seconds,
        "median (ms)": 1000 * taken[len(taken) // 2],
        "p99 (ms)": 1000 * taken[int(0.99 * len(taken))],
        "largest (ms)": 1000 * taken[-1],
        "malformed": float(counts.malformed),
    }
    print_table(f"{clients} clients, {seconds:.0f} s", {"examples.service": ours})
    bars = {
        "errors": Bar(value=counts.errors, sign="≤", limit=0),
        "malformed bodies that got no 4xx": Bar(value=counts.wrongly_answered, sign="≤", limit=0),
        "exit code": Bar(value=code, sign="≤", limit=0),
    }
    print_bars(bars)
    print_json("scale.service", ours | {"clients": clients, "seconds": seconds}, {}, bars)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="The example service under load.")
    parser.add_argument("--clients", type=int, default=100, help="that ask at the same time")
    parser.add_argument("--seconds", type=float, default=60, help="how long")
    parser.add_argument("--quick", action="store_true", help="5 seconds")
    given = parser.parse_args(arguments)
    run(given.clients, 5 if given.quick else given.seconds)


if __name__ == "__main__":
    main()
