"""Whatever the user gets wrong is one sentence on standard error, exit code 1, and no traceback."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from creditrisk.cli import main
from creditrisk.records.synthetic import simulate

GOOD = {"--as-of": "2024-01-01", "--out": "result"}


@pytest.fixture(scope="module")
def tables():
    return simulate(200, seed=6, first_year=2020).tables


@pytest.fixture
def registry(tables, tmp_path, monkeypatch):
    """Return the folder of a good registry, with the current folder beside it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in ("registration", "inspection", "penalty"):
        write(tables[name], folder / f"{name}.parquet")
    return folder


def write(table, path):
    table.to_parquet(path)


def change(folder, table, how):
    path = folder / f"{table}.parquet"
    write(how(pd.read_parquet(path)), path)


def missing_folder(folder):
    folder.rename(folder.with_name("elsewhere"))
    return {}


def missing_table(folder):
    (folder / "registration.parquet").unlink()
    return {}


def missing_column(folder):
    change(folder, "penalty", lambda table: table.drop(columns="known_on"))
    return {}


def wrong_type(folder):
    change(folder, "penalty", lambda table: table.assign(occurred_on="some day"))
    return {}


def unknown_key_of_a_system(folder):
    text = 'id = "mine"\nversion = "1"\ntitle_en = "m"\ntitle_zh = "m"\nextend = ["general"]\n'
    (folder.parent / "mine.toml").write_text(text, encoding="utf-8")
    return {"--system": "mine.toml"}


def unknown_key_of_a_mapping(folder):
    text = 'name = "mine"\n[tables.penalty]\nsource = "penalty"\ncolums = {}\n'
    (folder.parent / "map.toml").write_text(text, encoding="utf-8")
    return {"--mapping": "map.toml"}


def a_date_before_all_records(folder):
    return {"--as-of": "1970-01-01"}


def no_date(folder):
    return {"--as-of": "next year"}


def nobody_inspected(folder):
    for table in ("inspection", "penalty"):
        change(folder, table, lambda rows: rows.iloc[:0])
    return {}


def no_table_of_inspections(folder):
    for table in ("inspection", "penalty"):
        (folder / f"{table}.parquet").unlink()
    return {}


def a_corrupt_file(folder):
    path = folder / "penalty.parquet"
    path.write_bytes(path.read_bytes()[:200])
    return {}


def shares_that_do_not_add_up(folder):
    return {"--shares": "A=.5,B=.3,C=.1,D=.2"}


def shares_of_an_unknown_class(folder):
    return {"--shares": "A=.5,B=.3,C=.1,E=.1"}


def shares_that_are_no_numbers(folder):
    return {"--shares": "A=half"}


def an_unknown_system(folder):
    return {"--system": "genral"}


def a_result_that_is_a_file(folder):
    (folder.parent / "file").write_text("")
    return {"--out": "file"}


def months_that_are_none(folder):
    return {"--months": "0"}


MISTAKES = {
    missing_folder: "registry",
    missing_table: "'registration'",
    missing_column: "'known_on'",
    wrong_type: "'some day'",
    unknown_key_of_a_system: "Did you mean 'extends'?",
    unknown_key_of_a_mapping: "Did you mean 'columns'?",
    a_date_before_all_records: "1970-01-01",
    no_date: "'next year'",
    nobody_inspected: "2023-01-01",
    no_table_of_inspections: "inspection",
    a_corrupt_file: "penalty",
    shares_that_do_not_add_up: "add up to 1.1",
    shares_of_an_unknown_class: "'E'",
    shares_that_are_no_numbers: "'A=half'",
    an_unknown_system: "Did you mean 'general'?",
    a_result_that_is_a_file: "'file'",
    months_that_are_none: "got 0",
}


def arguments_of(options):
    return ["assess", "registry", *(part for option in options.items() for part in option)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_a_mistake_is_one_sentence_and_exit_code_1(mistake, registry, capsys):
    options = GOOD | mistake(registry)
    with pytest.raises(SystemExit) as ended:
        main(arguments_of(options))
    err = capsys.readouterr().err
    assert ended.value.code == 1
    assert err.startswith("creditrisk: ")
    assert err.count("\n") == 1
    assert MISTAKES[mistake] in err
    assert "Traceback" not in err
    assert not (registry.parent / "result" / "ratings.parquet").exists()


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "creditrisk.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("mistake", [a_corrupt_file, nobody_inspected], ids=lambda mistake: mistake.__name__)
def test_nothing_else_reaches_standard_error_of_a_real_process(mistake, registry):
    ended = run(*arguments_of(GOOD | mistake(registry)))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("creditrisk: ")
    assert "Traceback" not in ended.stdout + ended.stderr


def test_results_that_are_not_there_are_one_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["compare-truth", str(tmp_path), str(tmp_path / "truth.parquet")])
    assert ended.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1
