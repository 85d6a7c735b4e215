"""Tables from files: CSV in UTF-8 and Parquet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kg.errors import BadTable, UseError
from kg.measures.table import texts

_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read(path: str | Path) -> pd.DataFrame:
    """Read a table from a CSV or Parquet file. Cells of CSV stay text, so that codes keep their zeros.

    Args:
        path: the file; `.parquet` is Parquet (needs pyarrow), anything else CSV in UTF-8 with a header.

    Raises:
        UseError: there is no such file, or pyarrow is not installed.
        BadTable: it cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise UseError(f"{path}: no such file. Name a CSV or Parquet file")
    try:
        frame = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
    except ImportError:
        raise UseError(f"{path}: reading Parquet needs pyarrow. Run pip install 'iis-kg[parquet]'") from None
    except UnicodeDecodeError:
        raise BadTable(f"{path}: the text is not UTF-8. Save it as CSV in UTF-8") from None
    except (ValueError, OSError, NotImplementedError) as error:
        said = " ".join(str(error).removeprefix("Error tokenizing data. C error: ").split()).rstrip(".")
        remedy = "Write it anew" if path.suffix.lower() == ".parquet" else "Save it as CSV in UTF-8 with a header"
        raise BadTable(f"{path}: cannot be read ({said}). {remedy}") from None
    frame.columns = pd.Index(texts(pd.Series(frame.columns, dtype=object)).tolist())
    frame.index = pd.RangeIndex(2, len(frame) + 2)  # as lines of the file are counted, the header being the first
    frame = frame[~(frame == "").all(axis=1)] if len(frame.columns) else frame
    frame.attrs["file"] = str(path)
    return frame


def _parquet(path: Path) -> pd.DataFrame:
    frame = pd.read_parquet(path)
    return frame.reset_index() if any(name is not None for name in frame.index.names) else frame


def _csv(path: Path) -> pd.DataFrame:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_EXCEL):
        raise BadTable(f"{path}: a workbook of Excel, or another packed file. Save the sheet as CSV in UTF-8")
    if start.startswith(_WIDE) or b"\0" in start:
        raise BadTable(f"{path}: the text is not UTF-8 (UTF-16, or no text at all). Save it as CSV in UTF-8")
    head = start.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    if not start.strip() or not head[0].strip(b" \t,"):
        raise BadTable(f"{path}: {'the file' if not start.strip() else 'the first line'} is empty. Start with a header")
    for separator, words in _SEPARATORS.items():
        if b"," not in head[0] and separator.encode() in head[0]:
            raise BadTable(f"{path}: cells are separated by {words}. Save it with commas between cells")
    lines = pd.read_csv(
        path, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None, skip_blank_lines=False
    )
    return lines.iloc[1:].set_axis(lines.iloc[0], axis="columns")
