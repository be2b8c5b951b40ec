"""Libraries of the peers, which are not needed to use creditrisk."""

from importlib import import_module
from types import ModuleType

from creditrisk.errors import SourceError


def library(name: str) -> ModuleType:
    """Import the library of a peer.

    Parameters
    ----------
    name : str
        Of the module.

    Returns
    -------
    ModuleType
        The module.

    Raises
    ------
    SourceError
        If it cannot be imported.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise SourceError(
            f"This peer needs {name}, which cannot be imported ({error}); install creditrisk[bench]."
        ) from None
