"""Critical violations at Chicago's food inspections: the paper's table, and the raw events.

    python -m benchmarks.accuracy.chicago --data ../shared/data [--quick]

No choice was made on the test rows: indicators and directions come from reasoning and from later months
within the training rows (see indicators/chicago-food.md).
"""

from benchmarks.accuracy.chicago_events import chicago_events
from benchmarks.accuracy.chicago_table import chicago_table
from benchmarks.accuracy.report import report_parts
from benchmarks.command import Options, main
from benchmarks.splits import load_splits


def run(options: Options) -> None:
    """Print both tables, the bars and the JSON line.

    Parameters
    ----------
    options : Options
        Of this run.
    """
    splits = load_splits(options.data)
    parts = {"table": chicago_table(options, splits), "events": chicago_events(options, splits)}
    report_parts("accuracy.chicago", parts, options)


if __name__ == "__main__":
    main(run)
