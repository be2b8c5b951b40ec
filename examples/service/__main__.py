"""Run the service: ``python -m examples.service --model result/model.nc --policy result/policy.toml``."""

import argparse
import signal
import sys
from pathlib import Path

import uvicorn

from creditrisk.errors import CreditRiskError
from examples.service.app import create_app

SECONDS_TO_FINISH = 30


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then answer what has begun, and end.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description="Classes of single entities over HTTP.")
    parser.add_argument("--model", type=Path, required=True, help="what RiskModel.save wrote")
    parser.add_argument("--policy", type=Path, required=True, help="what GradingPolicy.to_toml wrote")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    given = parser.parse_args(arguments)
    try:
        app = create_app(given.model, given.policy)
    except CreditRiskError as error:
        sys.exit(str(error))
    for one in (signal.SIGTERM, signal.SIGINT):  # uvicorn hands the signal on once it has shut down
        signal.signal(one, lambda number, frame: None)
    uvicorn.run(
        app,
        host=given.host,
        port=given.port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


if __name__ == "__main__":
    main()
