"""The command line of the benchmarks."""

from pathlib import Path

import pytest
from benchmarks.command import Options, main

from creditrisk.models.inference.engines import Auto, Map


@pytest.mark.parametrize(("flags", "engine"), [([], Auto), (["--quick"], Map)])
def test_quick_takes_the_mode_alone(flags: list[str], engine: type, tmp_path: Path) -> None:
    (tmp_path / "splits.py").write_text("")
    seen: list[Options] = []

    def keep(options: Options) -> None:
        seen.append(options)

    main(keep, ["--data", str(tmp_path), *flags])
    assert isinstance(seen[0].inference, engine)


def test_a_folder_without_splits_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(lambda options: None, ["--data", str(tmp_path)])
    assert stopped.value.code == 1
    assert "A benchmark needs the folder of the public data with splits.py" in capsys.readouterr().err
