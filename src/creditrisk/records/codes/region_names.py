"""What is left of the name of a region without its kind."""

_KINDS = ("自治州", "自治县", "自治旗", "地区", "林区", "特区", "县", "市", "区", "盟", "旗")


def bare_name(name: str) -> str:
    """Return the name without county, city, district or the like at its end.

    Parameters
    ----------
    name : str
        A name, such as 密云县.

    Returns
    -------
    str
        Two characters or more; the whole name where less would be left.

    Examples
    --------
    >>> bare_name("密云县"), bare_name("密云区"), bare_name("丘县")
    ('密云', '密云', '丘县')
    """
    for kind in _KINDS:
        if name.endswith(kind) and len(name) >= len(kind) + 2:
            return name.removesuffix(kind)
    return name
