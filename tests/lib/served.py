"""A service in a process of its own on a free port, and a client without any library."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROCESS = """
import sys
from examples.service.__main__ import main
main(sys.argv[1:])
print([name for name in ("pymc", "pytensor", "arviz", "duckdb", "ibis") if name in sys.modules])
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A running service.

    Parameters
    ----------
    process : Popen
        Its process.
    port : int
        Where it listens.
    """

    process: subprocess.Popen[str]
    port: int

    def ask(self, path: str, body: Any = None) -> tuple[int, Any]:
        """Return status and answer; a body of bytes is sent as it is, others as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            if body is None:
                connection.request("GET", path)
            else:
                sent = body if isinstance(body, bytes) else json.dumps(body).encode()
                connection.request("POST", path, sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def end(self) -> tuple[int, str]:
        """Ask the process to end; return its exit code and the last line that it printed."""
        self.process.send_signal(signal.SIGTERM)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said.strip().splitlines()[-1] if said.strip() else ""


@contextmanager
def served(model: Path, policy: Path, root: Path) -> Iterator[Served]:
    """Give a service that has answered its first health check."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-c", PROCESS]
    command += ["--model", str(model), "--policy", str(policy), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
    service = Served(process, port)
    try:
        _wait(service)
        yield service
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _wait(service: Served) -> None:
    for _ in range(1200):
        assert service.process.poll() is None, "the service did not start"
        try:
            if service.ask("/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the service did not answer within a minute")
