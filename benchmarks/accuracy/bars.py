"""What is asked of our figures, in view of the best peer on the same rows."""

from collections.abc import Mapping

from benchmarks.accuracy.peers.roster import REFERENCES
from benchmarks.table import Bar, Figures

EVERYWHERE, NEARLY_EVERYWHERE = 1.08, 1.005


def best_peer(peers: Mapping[str, Figures], figure: str, sign: int) -> str | None:
    """Return the peer with the best figure; references are shown and not counted.

    Parameters
    ----------
    peers : mapping of str to mapping of str to float
        Figures by peer.
    figure : str
        Which.
    sign : {1, -1}
        1 where high is good.

    Returns
    -------
    str or None
        Its name; None without peers.
    """
    counted = [name for name in peers if name not in REFERENCES]
    return max(counted, key=lambda name: sign * peers[name][figure], default=None)


def against_best(ours: Figures, peers: Mapping[str, Figures]) -> dict[str, Bar]:
    """Return the bars of one data set.

    Parameters
    ----------
    ours : mapping of str to float
        Our figures.
    peers : mapping of str to mapping of str to float
        Figures by peer.

    Returns
    -------
    dict of str to Bar
        Our log-loss as a multiple of the least, and our AUC against the highest less its standard error.
    """
    least, highest = best_peer(peers, "log_loss", -1), best_peer(peers, "auc", 1)
    if least is None or highest is None:
        return {}
    ratio = ours["log_loss"] / peers[least]["log_loss"]
    reach = peers[highest]["auc"] - peers[highest]["auc_se"]
    return {
        "log_loss_ratio": Bar(value=ratio, sign="≤", limit=EVERYWHERE),
        "auc": Bar(value=ours["auc"], sign="≥", limit=reach),
    }


def over_data_sets(bars: Mapping[str, Mapping[str, Bar]], missing: int) -> dict[str, Bar]:
    """Return the bars of the whole run: those of each data set, and two on all of them.

    Parameters
    ----------
    bars : mapping of str to mapping of str to Bar
        By data set.
    missing : int
        Peers without figures, over all data sets.

    Returns
    -------
    dict of str to Bar
        By data set and name; on how many of them log-loss is within half a percent; missing peers.
    """
    within = sum(part["log_loss_ratio"].value <= NEARLY_EVERYWHERE for part in bars.values())
    return {
        **flat(bars),
        "data_sets_within_0.5_percent": Bar(value=float(within), sign="≥", limit=len(bars) - 1),
        "peers_missing": Bar(value=float(missing), sign="≤", limit=0),
    }


def flat(bars: Mapping[str, Mapping[str, Bar]]) -> dict[str, Bar]:
    """Return all bars under one name each.

    Parameters
    ----------
    bars : mapping of str to mapping of str to Bar
        By data set.

    Returns
    -------
    dict of str to Bar
        By data set and name.
    """
    return {f"{name}.{what}": bar for name, part in bars.items() for what, bar in part.items()}
