"""What every benchmark on public data is told on the command line."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from creditrisk.errors import CreditRiskError, SourceError
from creditrisk.models.inference.engines import Auto, Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one run.

    Parameters
    ----------
    data : Path
        Folder of the public data sets, with their `splits.py`.
    inference : Auto or Map
        How the models are fitted: the default of the library, or its mode alone in a quick run.
    """

    data: Path
    inference: Auto | Map

    @property
    def ours(self) -> str:
        """What our own row of the table is called."""
        return "creditrisk, mode alone" if isinstance(self.inference, Map) else "creditrisk"


def main(run: Callable[[Options], None], arguments: list[str] | None = None) -> None:
    """Run a benchmark; an error of the library is one sentence and exit code 1.

    Parameters
    ----------
    run : callable
        Prints its table, and one JSON object as the last line.
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = base_parser(sys.modules[run.__module__].__doc__)
    given = parser.parse_args(arguments)
    in_one_sentence(lambda: run(options_of(given)))


def base_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that every benchmark has.

    Parameters
    ----------
    description : str or None
        What the benchmark is.

    Returns
    -------
    ArgumentParser
        Knows --data and --quick; a benchmark may add its own.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--quick", action="store_true", help="the mode instead of the posterior: seconds")
    return parser


def options_of(given: argparse.Namespace) -> Options:
    """Return the choices of a run from what was parsed.

    Parameters
    ----------
    given : Namespace
        Of the base parser.

    Returns
    -------
    Options
        The choices.

    Raises
    ------
    SourceError
        If the folder of the data has no splits.
    """
    if not (given.data / "splits.py").is_file():
        raise SourceError(
            f"A benchmark needs the folder of the public data with splits.py; {str(given.data)!r} has "
            "none; give it by --data."
        )
    return Options(data=given.data, inference=Map() if given.quick else Auto())


def in_one_sentence(run: Callable[[], None]) -> None:
    """Run; an error of the library is one sentence and exit code 1.

    Parameters
    ----------
    run : callable
        The benchmark.
    """
    try:
        run()
    except CreditRiskError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        sys.exit(1)
