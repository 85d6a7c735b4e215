"""Sheets of workbooks: cells that run nothing and hold what the format can hold, headings, links, bytes that repeat."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_CELL = 32_767
"""Characters that a cell of a workbook holds, those beyond the Basic Multilingual Plane counting twice."""
MAX_ROWS = 1_048_576
"""Rows of a sheet."""
_CUT = " … (cut)"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE, _LONGEST_LINK = 31, 2_079
MAX_LINKS = 65_530
"""Links of a sheet, beyond which a spreadsheet calls the file damaged."""
_DATE = b"2000-01-01T00:00:00Z"

Plain = str | int | float | bool | None


@dataclass
class Changed:
    """How many cells do not hold their text as it is: characters taken out, and texts cut."""

    illegal: int = 0
    cut: int = 0


def sheet_text(text: str, changed: Changed | None = None) -> str:
    """Text as a cell can hold it; what a spreadsheet would run as a formula gets an apostrophe in front.

    Args:
        text: the text.
        changed: counts what is lost.

    >>> sheet_text("=1+1"), sheet_text("a\\x00b"), sheet_text("'=1")
    ("'=1+1", 'ab', "''=1")
    """
    plain = _ILLEGAL.sub("", text)
    lost = plain != text
    if _FORMULA.match(plain):
        plain = f"'{plain}"
    cut = _units(plain) > MAX_CELL
    if cut:
        plain = plain.encode("utf-16-le")[: 2 * (MAX_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    if changed is not None:
        changed.illegal += lost
        changed.cut += cut
    return plain


def sheet_value(value: Plain, changed: Changed | None = None) -> Plain:
    """A value as a cell can hold it; numbers stay numbers unless they are none."""
    if isinstance(value, str):
        return sheet_text(value, changed)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def link_of(text: str | None) -> str | None:
    """The text as the address of a link, where it is one of http or https that a workbook can hold.

    >>> link_of("https://doi.org/10.1/x"), link_of("javascript:alert(1)")
    ('https://doi.org/10.1/x', None)
    """
    fits = text is not None and len(text) <= _LONGEST_LINK and re.fullmatch(r"https?://[!-~]+", text)
    return text if fits and not re.search(r'[\s"<>]', text or "") else None


def sheet_title(name: str, taken: Iterable[str]) -> str:
    """A title for a sheet: at most 31 characters, none that is forbidden, and none that is taken.

    >>> sheet_title("a/b", ["a b"])
    'a b 2'
    """
    plain = " ".join(_NO_TITLE.sub(" ", name).split()).strip("'") or "sheet"
    plain = plain[:_LONGEST_TITLE].rstrip()
    used, title, number = {each.casefold() for each in taken}, plain, 1
    while title.casefold() in used:
        number += 1
        title = f"{plain[: _LONGEST_TITLE - len(str(number)) - 1]} {number}"
    return title


class Book:
    """A workbook that is written row by row.

    Raises:
        MissingExtra: the extra `xlsx` is not installed.
    """

    def __init__(self) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            raise MissingExtra("workbooks need openpyxl. Say: pip install 'iis-kg[xlsx]'") from None

        self.book: Workbook = Workbook(write_only=True)
        self.changed = Changed()
        self.rows: dict[str, int] = {}

    def sheet(self, name: str, columns: Mapping[str, float], left: int = 0, most: int = MAX_ROWS) -> Sheet:
        """Begin a sheet with a heading that stays in view and can be filtered by.

        Args:
            name: its title, made to fit.
            columns: headings with their widths in characters.
            left: columns at the left that stay in view too.
            most: rows, after which another sheet of the same name is begun.
        """
        return Sheet(self, name, columns, left, most)

    def save(self, path: Path) -> None:
        """Write the file: the same rows give the same bytes."""
        aside = path.with_name(f"{path.name}.dated")
        try:
            self.book.save(aside)
            _without_dates(aside, path)
        finally:
            aside.unlink(missing_ok=True)


class Sheet:
    """A sheet of a workbook, and those that follow where it is full; `Book.sheet` begins it."""

    def __init__(self, book: Book, name: str, columns: Mapping[str, float], left: int, most: int) -> None:
        self._book, self._name, self._columns, self._left, self._most = book, name, columns, left, most
        self._begin()

    def _begin(self) -> None:
        from openpyxl.utils import get_column_letter

        self.title = sheet_title(self._name, self._book.rows)
        self._sheet: Any = self._book.book.create_sheet(self.title)
        self._sheet.freeze_panes = f"{get_column_letter(self._left + 1)}2"
        for number, width in enumerate(self._columns.values(), 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._book.rows[self.title] = 0
        self._links = 0
        self._sheet.append([self._cell(sheet_text(name), bold=True) for name in self._columns])

    def add(
        self, values: Sequence[Plain], fills: Sequence[str | None] = (), links: Mapping[int, str | None] | None = None
    ) -> None:
        """Add a row.

        Args:
            values: of the cells.
            fills: colours behind them as six hexadecimal digits; none where they are fewer.
            links: addresses by number of the column; left out is what is not http or https, or more than a sheet
                may have.
        """
        if self._book.rows[self.title] + 1 >= self._most:
            self._end()
            self._begin()
        cells: list[Any] = []
        for number, value in enumerate(values):
            fill = fills[number] if number < len(fills) else None
            link = link_of(links.get(number)) if links and self._links < MAX_LINKS else None
            self._links += link is not None
            held = sheet_value(value, self._book.changed)
            # As it is where it cannot be taken for an error code or a formula, which is much quicker.
            plain = fill is None and link is None and not (isinstance(held, str) and held[:1] in ("#", "="))
            cells.append(held if plain else self._cell(held, fill, link))
        self._sheet.append(cells)
        self._book.rows[self.title] += 1

    def end(self) -> None:
        """Say that no more rows come."""
        self._end()

    def _end(self) -> None:
        from openpyxl.utils import get_column_letter

        last = get_column_letter(max(1, len(self._columns)))
        self._sheet.auto_filter.ref = f"A1:{last}{self._book.rows[self.title] + 1}"

    def _cell(self, value: Plain, fill: str | None = None, link: str | None = None, bold: bool = False) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font, PatternFill

        cell: Any = WriteOnlyCell(self._sheet, value=None)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)
        if fill is not None:
            cell.fill = PatternFill("solid", fgColor=fill)
        if link is not None:
            cell.hyperlink = link
        return cell


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _without_dates(dated: Path, path: Path) -> None:
    """Copy a packed file with one date for all its members and inside its properties."""
    with zipfile.ZipFile(dated) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            about = zipfile.ZipInfo(member, (2000, 1, 1, 0, 0, 0))
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with old.open(member) as source, new.open(about, "w", force_zip64=True) as target:
                if member == "docProps/core.xml":
                    target.write(re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _DATE, source.read()))
                else:
                    while block := source.read(1 << 20):
                        target.write(block)
