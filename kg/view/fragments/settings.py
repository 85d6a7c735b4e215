"""How a fragment is to look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import UseError
from kg.view.fragments.words import WORDS

MOST_ROWS = 1_000

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/%-]*)?")


@dataclass(frozen=True)
class Settings:
    """How a fragment is to look; unusable ones are refused.

    Args:
        title: over the page; the question, thing or finding itself where none is given.
        language: of the page, en or zh.
        rows: of a table, or statements about a thing, that are shown at most.
        height: of the frame in pixels.
        address: of a server that serves the page; without it the page is written into the frame.
    """

    title: str = ""
    language: str = "en"
    rows: int = 50
    height: int = 480
    address: str = ""

    def __post_init__(self) -> None:
        if self.language not in WORDS:
            raise UseError(f"unknown language: {self.language}. Use {' or '.join(WORDS)}")
        if not 1 <= self.rows <= MOST_ROWS:
            raise UseError(f"{self.rows} rows: not between 1 and {MOST_ROWS}. Give another number")
        if not 60 <= self.height <= 10_000:
            raise UseError(f"height {self.height}: not between 60 and 10,000 pixels. Give another one")
        if self.address and not _ADDRESS.fullmatch(self.address):
            raise UseError(f"{self.address}: no address of a server. Give one as https://host[:port]")
