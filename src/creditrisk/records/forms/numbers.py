"""Numbers as people write them: with thousands separators, currency signs, full-width digits and units."""

import re
from dataclasses import dataclass

import ibis

from creditrisk.records.casts import to_number, to_text
from creditrisk.records.engine import IbisValue
from creditrisk.records.forms.units import AS_WRITTEN, HUNDREDTHS, SHARES, THOUSANDS, YUAN, NumberForm

MAGNITUDES = {"亿": 1e8, "百万": 1e6, "万": 1e4, "千": 1e3}
WRITTEN_UNIT = f"(?:(?:{'|'.join(MAGNITUDES)})元?|元)(?:人民币)?整?$"
CURRENCY = "(?:¥|[$€£]|CNY|RMB|人民币)"
WIDE, NARROW = "０１２３４５６７８９．，＋－￥％　", "0123456789.,+-¥% "


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReader:
    """How the numbers of a column are written, and in which unit.

    Parameters
    ----------
    form : NumberForm, optional
        Their form; plain numbers if none.
    unit : str, optional
        One of `UNITS`.
    multiply : float, optional
        What to multiply them by, for other units.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> table = ibis.memtable(pa.table({"text": ["￥1,234.50", "1,23"]}))
    >>> number = NumberReader(form="1,234.5", unit="万元").read(table.text)
    >>> number.name("yuan").to_pyarrow().to_pylist()
    [12345000.0, None]
    """

    form: NumberForm | None = None
    unit: str | None = None
    multiply: float | None = None

    def read(self, value: IbisValue) -> IbisValue:
        """Return the numbers in yuan (or as a share, or multiplied), null where one is written otherwise.

        Parameters
        ----------
        value : ibis expression
            Cleaned values of any type.

        Returns
        -------
        ibis float64 expression
            The numbers.
        """
        if self.unit == AS_WRITTEN:
            return self._with_unit(narrowed(to_text(value)))
        if self.form and value.type().is_string():
            number = _ungrouped(narrowed(value), self.form, _own_sign(self.unit))
        else:
            number = to_number(value)
        if self.unit in HUNDREDTHS:
            return number / 100
        factor = THOUSANDS.get(self.unit) if self.unit else self.multiply
        return number if factor is None else number * factor

    def _with_unit(self, text: IbisValue) -> IbisValue:
        """Read ``"500万元人民币"``; a text without a unit is no amount."""
        bare = text.re_search(WRITTEN_UNIT).ifelse(text.re_replace(f" *{WRITTEN_UNIT}", ""), None)
        factor = ibis.cases(*((text.contains(name), by) for name, by in MAGNITUDES.items()), else_=1.0)
        return _ungrouped(bare, self.form or "1,234.5", None) * factor


def narrowed(text: IbisValue) -> IbisValue:
    """Return a text with half-width digits, signs and blanks."""
    return text.translate(WIDE, NARROW)


def _own_sign(unit: str | None) -> str | None:
    """Return the sign that may follow a number in that unit."""
    return "%" if unit in SHARES else "元" if unit in (None, *YUAN) else None


def _ungrouped(text: IbisValue, form: NumberForm, sign: str | None) -> IbisValue:
    """Read a number without its currency and thousands separators, null where it does not fit its form."""
    group, point = form[1], form[-2]
    bare = text.re_replace(f"^{CURRENCY} *| *(?:{CURRENCY}{f'|{sign}' if sign else ''})$", "")
    thousands = f"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+"
    fits = bare.re_search(f"^[-+]?(?:[0-9]+|{thousands})(?:{re.escape(point)}[0-9]+)?$")
    return to_number(fits.ifelse(bare.replace(group, "").replace(point, "."), None))
