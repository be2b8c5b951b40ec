"""What a model file must pass before anything of it is used: its seal, its size, no way out of the file.

The seal is the SHA-256 of all bytes before it, at the end of the file, where netCDF readers do not look. It
is compared before the HDF5 library sees a byte, so that damage never reaches it. It shows damage, not
forgery: who can write a file can seal it.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creditrisk.errors import ModelFileError

if TYPE_CHECKING:
    import xarray as xr

_MARK = b"\ncreditrisk-sha256:"
_LENGTH = len(_MARK) + 64
_PIECE = 1 << 20


def seal(path: Path) -> None:
    """Add the seal to a file.

    Parameters
    ----------
    path : Path
        A complete file without one.
    """
    digest = _digest(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(_MARK + digest.encode())


def check_seal(path: Path) -> bool:
    """Return whether the file has a seal; refuse it if that is not of its bytes.

    Parameters
    ----------
    path : Path
        A model file.

    Returns
    -------
    bool
        False for a file without a seal, such as those of schema versions 1 and 2.

    Raises
    ------
    ModelFileError
        If the bytes are not those that were sealed.
    """
    size = path.stat().st_size
    if size < _LENGTH:
        raise ModelFileError(f"{path} cannot be read as a model file; it is damaged or not one.")
    with path.open("rb") as file:
        file.seek(size - _LENGTH)
        tail = file.read()
    if not tail.startswith(_MARK):
        return False
    if tail[len(_MARK) :].decode("ascii", "replace") != _digest(path, size - _LENGTH):
        raise ModelFileError(f"{path} is damaged: its checksum differs; copy or save the model again.")
    return True


def seal_of(path: Path) -> str:
    """Return what a model file is known by: its seal, or the SHA-256 of a file without one.

    Parameters
    ----------
    path : Path
        A model file.

    Returns
    -------
    str
        Hexadecimal digits.

    Raises
    ------
    ModelFileError
        If the bytes are not those that were sealed.
    """
    sealed, size = check_seal(path), path.stat().st_size
    return _digest(path, size - _LENGTH if sealed else size)


def check_closed(path: Path) -> None:
    """Refuse a file whose data lie elsewhere, or that links to anything.

    Parameters
    ----------
    path : Path
        An HDF5 file.

    Raises
    ------
    ModelFileError
        If a link is not a plain one, or data are virtual or in another file.
    """
    import h5py

    def check(group: Any, depth: int) -> None:
        for name in group:
            link = group.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink) or depth > 8:
                raise ModelFileError(
                    f"{path} refers to something outside of itself, which no model file does."
                )
            found = group[name]
            if isinstance(found, h5py.Group):
                check(found, depth + 1)
            elif isinstance(found, h5py.Dataset) and (found.external or found.is_virtual):
                raise ModelFileError(f"{path} refers to another file for its data, which no model file does.")

    with h5py.File(path, "r") as file:
        check(file, 0)


def check_size(tree: "xr.DataTree", path: Path) -> None:
    """Refuse arrays that declare more than the file holds, before they are read.

    Parameters
    ----------
    tree : DataTree
        Opened, not loaded.
    path : Path
        Where from.

    Raises
    ------
    ModelFileError
        If they do.
    """
    declared = sum(node.dataset.nbytes for node in tree.subtree)
    if declared > path.stat().st_size:
        raise ModelFileError(
            f"{path} declares {declared:,} bytes of draws, more than it holds; it is damaged."
        )


def _digest(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0:
            piece = file.read(min(_PIECE, size))
            if not piece:
                break
            digest.update(piece)
            size -= len(piece)
    return digest.hexdigest()
