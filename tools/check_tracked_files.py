"""Check that tracked files name no folder of one machine and that tracked notebooks carry no outputs."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOMES = "|".join(("home", "root", "Users", "work", "tmp", "mnt", "data"))
MACHINE_PATH = re.compile(rf"(?<![\w.~$)}}\]>/-])/(?:{HOMES})/[\w.]+|\b[A-Z]:\\Users\\")


def tracked_files() -> list[Path]:
    """Return the files that git knows, those deleted from the working tree left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def machine_paths(name: str, text: str) -> Iterator[str]:
    """Yield one line for every absolute path that only one machine has."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in MACHINE_PATH.finditer(line):
            yield f"{name}:{number}: names a folder of one machine, {found.group()!r}; write a relative path"


def notebook_outputs(name: str, text: str) -> Iterator[str]:
    """Yield one line for every cell of a notebook that was saved with its output."""
    for number, cell in enumerate(json.loads(text).get("cells", []), start=1):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"{name}: cell {number} carries outputs; clear all outputs before committing"


def findings(paths: list[Path]) -> Iterator[str]:
    """Yield what is wrong with the text files among the paths."""
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT).as_posix()
        yield from machine_paths(name, text)
        if path.suffix == ".ipynb":
            yield from notebook_outputs(name, text)


def main() -> int:
    """Print what is wrong, and return how the shell should see it."""
    wrong = sorted(findings(tracked_files()))
    print("\n".join(wrong) if wrong else "Tracked files: no machine's path, no notebook output.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
