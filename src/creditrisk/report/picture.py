"""A picture that stands by itself: an SVG with its own style, shown in notebooks and written to files."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from creditrisk.errors import SpecError


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Parameters
    ----------
    svg : str
        An SVG element with its style.
    """

    svg: str

    @classmethod
    def of(cls, element: str) -> "Picture":
        """Return a picture of an element that has no style yet.

        Parameters
        ----------
        element : str
            As the functions of `creditrisk.report.svg` return it.

        Returns
        -------
        Picture
            The same with the style of the library.
        """
        opened, rest = element.split(">", 1)
        return cls(f'{opened} class="crp">{rest.removesuffix("</svg>")}<style>{_style()}</style></svg>')

    def _repr_html_(self) -> str:
        return self.svg

    def write(self, path: str | Path) -> None:
        """Write the picture as a file.

        Parameters
        ----------
        path : str or Path
            Ends in ``.svg``.

        Raises
        ------
        SpecError
            If it ends otherwise.
        """
        if Path(path).suffix.lower() != ".svg":
            raise SpecError(f"Pictures are written as .svg; got {Path(path).name!r}: change the ending.")
        Path(path).write_text(self.svg, encoding="utf-8")


@cache
def _style() -> str:
    style = files("creditrisk.report") / "templates" / "picture.css"
    return " ".join(style.read_text(encoding="utf-8").split())
