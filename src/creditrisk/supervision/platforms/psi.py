"""Private set intersection (隐私集合求交): a platform learns which of its merchants are listed, no more.

Diffie and Hellman over the curve P-256, as openmined-psi (the extra ``psi``) implements it. Each side has a
fresh secret key::

    platform ── its ids under its key ──▶ bureau
    platform ◀── the listed ids under the bureau's key, and what came under both ── bureau

The platform takes its own key off what came back, and compares. The bureau sees one point of the curve for
each merchant, in random order, and cannot tell whose. Both sides learn how many entities the other has.
This holds for two sides that keep to the protocol. A platform may still put codes into its set that it only
guesses, so the bureau bounds the size of a set and logs the run.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from creditrisk.errors import SourceError, SpecError
from creditrisk.supervision.platforms.keys import plain_id

POINT_BYTES = 33
_FRAMED = POINT_BYTES + 2
_HEADER = 16
_ERROR_RATE = 1e-9  # for structures that can err; RAW cannot


class Channel(Protocol):
    """Carries whole messages; a `multiprocessing.connection.Connection` is one."""

    def send_bytes(self, buf: bytes, /) -> None:
        """Send one message."""

    def recv_bytes(self, maxlength: int | None = None, /) -> bytes:
        """Receive one message; OSError if it is longer than allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What the bureau knows after a run: the two sizes.

    Parameters
    ----------
    asked : int
        How many merchants the platform has.
    listed : int
        How many entities are listed.
    """

    asked: int
    listed: int


def ask_listed(channel: Channel, merchants: Iterable[str]) -> set[str]:
    """Return which merchants are listed; the platform's side.

    Parameters
    ----------
    channel : Channel
        To the bureau, which runs `answer_listed` at its end.
    merchants : iterable of str
        Their ids.

    Returns
    -------
    set of str
        Ids of merchants that are listed, in capitals and without blanks.

    Raises
    ------
    SpecError
        If openmined-psi is not installed.
    SourceError
        If the other side does not keep to the protocol.
    """
    psi = _openmined()
    ids = _distinct(merchants)
    random.SystemRandom().shuffle(ids)
    client = psi.client.CreateWithNewKey(True)
    channel.send_bytes(client.CreateRequest(ids).SerializeToString())
    setup, response = psi.ServerSetup(), psi.Response()
    try:
        setup.ParseFromString(channel.recv_bytes())
        response.ParseFromString(channel.recv_bytes())
        if len(response.encrypted_elements) != len(ids):
            raise ValueError
        return {ids[place] for place in client.GetIntersection(setup, response)}
    except Exception as error:
        raise _broken("bureau", error) from None


def answer_listed(channel: Channel, listed: Iterable[str], *, most: int) -> Matched:
    """Answer one platform; the bureau's side.

    Parameters
    ----------
    channel : Channel
        To the platform, which runs `ask_listed` at its end.
    listed : iterable of str
        Ids of the listed entities.
    most : int
        How many merchants the platform may have; a larger set is refused before anything is answered.

    Returns
    -------
    Matched
        The sizes of both sets, for the log.

    Raises
    ------
    SpecError
        If openmined-psi is not installed, or `most` is not positive.
    SourceError
        If the set is too large, or the other side does not keep to the protocol.
    """
    psi = _openmined()
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise SpecError(f"A platform has at most so many merchants; got most={most!r}: give 1 or more.")
    ids = _distinct(listed)
    server = psi.server.CreateWithNewKey(True)
    request = psi.Request()
    try:
        request.ParseFromString(channel.recv_bytes(most * _FRAMED + _HEADER))
        points = request.encrypted_elements
        if len(points) > most or len(set(points)) < len(points) or not request.reveal_intersection:
            raise ValueError
        response = server.ProcessRequest(request)
    except Exception as error:
        raise _broken("platform", error) from None
    setup = server.CreateSetupMessage(_ERROR_RATE, len(points), ids, psi.DataStructure.RAW)
    channel.send_bytes(setup.SerializeToString())
    channel.send_bytes(response.SerializeToString())
    return Matched(asked=len(points), listed=len(ids))


def _distinct(ids: Iterable[str]) -> list[str]:
    return sorted({plain_id(one) for one in ids})


def _openmined() -> Any:
    try:
        import private_set_intersection.python as psi
    except ImportError:
        raise SpecError(
            "Private set intersection needs the package openmined-psi, which is not installed: run "
            "`pip install 'creditrisk[psi]'`."
        ) from None
    return psi


def _broken(side: str, error: Exception) -> SourceError:
    return SourceError(
        f"Both sides keep to one protocol and to the agreed size; the {side} did not "
        f"({type(error).__name__}): nothing was matched, check its version and its set."
    )
