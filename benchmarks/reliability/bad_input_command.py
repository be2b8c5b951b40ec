"""The command line, run here and judged by what a user sees of it."""

import contextlib
import io

from benchmarks.reliability.bad_input_judge import Verdict, last_lines, sentence_fault
from creditrisk.cli import main as command_line


def run_command_line(arguments: list[str]) -> Verdict:
    """Run a command and judge what it says on standard error and how it leaves."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            command_line(arguments)
    except SystemExit as leaving:
        text = said.getvalue()
        if leaving.code in (0, 2, None):
            return Verdict(kind="refused" if leaving.code else "accounted", note=text[:300])
        fault = sentence_fault(text.removesuffix("\n")) or (
            "" if text.count("\n") == 1 else "it is no single line"
        )
        return Verdict(
            kind="sentence" if fault else "refused", note=f"{fault}: {text[:300]!r}" if fault else text
        )
    except Exception as error:
        return Verdict(kind="traceback", note=last_lines(error))
    return Verdict(kind="accounted")
