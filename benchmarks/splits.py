"""The fixed splits and measures that come with the public data, imported from their folder."""

import importlib.util
from pathlib import Path
from types import ModuleType

from creditrisk.errors import SourceError


def load_splits(folder: Path) -> ModuleType:
    """Import `splits.py` of the data folder.

    Parameters
    ----------
    folder : Path
        Folder of the public data sets.

    Returns
    -------
    ModuleType
        The module: which rows train and test, the labels, and how they are scored.

    Raises
    ------
    SourceError
        If the file cannot be imported.
    """
    path = folder / "splits.py"
    spec = importlib.util.spec_from_file_location("public_data_splits", path)
    if spec is None or spec.loader is None:
        raise SourceError(f"Splits are a Python file; {str(path)!r} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
