"""Read the code blocks of a document."""

import re
from pathlib import Path


def blocks(document: Path, language: str) -> list[str]:
    """Return the contents of the fenced blocks of one language, in order."""
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
