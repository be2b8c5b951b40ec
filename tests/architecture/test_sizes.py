"""Files and functions stay small enough to be read in one sitting."""

from pathlib import Path
from statistics import median

from tests.architecture.sizes import (
    MEDIAN_FILE_LINES,
    MOST_FUNCTION_LINES,
    file_lines,
    function_lines,
    too_long,
)


def sources(repository: Path) -> list[Path]:
    return sorted(path for folder in ("src", "examples") for path in (repository / folder).rglob("*.py"))


def test_no_file_and_no_function_is_too_long(repository: Path) -> None:
    assert too_long(sources(repository)) == []


def test_the_median_file_is_short(repository: Path) -> None:
    assert median(file_lines(path) for path in sources(repository)) <= MEDIAN_FILE_LINES


def test_a_long_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    assert too_long([tmp_path / "long.py"]) == [f"{tmp_path / 'long.py'}: 401 lines"]


def test_a_long_method_is_seen_and_its_docstring_is_not_counted(tmp_path: Path) -> None:
    body = "        x = 1\n" * MOST_FUNCTION_LINES
    path = tmp_path / "long.py"
    path.write_text(f'class A:\n    def f(self):\n        """One.\n\n        Two.\n        """\n{body}')
    assert list(function_lines(path)) == [("f", MOST_FUNCTION_LINES + 1)]
    assert too_long([path]) == [f"{path}: f has {MOST_FUNCTION_LINES + 1} lines"]
