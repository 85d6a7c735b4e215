"""Data as text that a page can hold: gzip in base64, the same bytes for the same data."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

_LEVEL = 9


def packed(data: bytes) -> str:
    """Bytes as base64 of gzip; nothing in it can end a script element.

    >>> packed(b"a" * 1000)[:4]
    'H4sI'
    """
    return base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode("ascii")


def json_block(value: Any) -> bytes:
    """A value as JSON without spaces.

    >>> json_block({"a": ["钛"]}).decode()
    '{"a":["钛"]}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def array_block(columns: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Columns of numbers as bytes: a line of JSON that names them, then each column.

    Whole numbers are written in the one of two ways that compresses better: `d`, differences of neighbours as
    `varints`; `p`, 32 bits each, the lowest bytes of all, then the next. Others are `f`, 32 bits, little endian.

    Args:
        columns: one-dimensional arrays by name; whole numbers from 0 to 2**31 - 1.

    >>> array_block({"a": np.array([3, 4, 2])})
    b'[["a","d",3,3]]\\n\\x06\\x02\\x03'
    """
    head, parts = [], []
    for name, column in columns.items():
        ways: dict[str, bytes]
        if column.dtype.kind == "f":
            ways = {"f": np.ascontiguousarray(column, dtype="<f4").tobytes()}
        else:
            planes = column.astype("<u4").view(np.uint8).reshape(-1, 4).T
            ways = {
                "d": varints(np.diff(np.r_[0, column].astype(np.int64))),
                "p": np.ascontiguousarray(planes).tobytes(),
            }
        way = min(ways, key=lambda each: len(zlib.compress(ways[each], 1)))
        head.append([name, way, len(column), len(ways[way])])
        parts.append(ways[way])
    return json_block(head) + b"\n" + b"".join(parts)


def varints(numbers: npt.NDArray[np.int64]) -> bytes:
    """Signed integers, zigzag, as LEB128: seven bits a byte, the lowest first, the eighth says that more follow.

    Args:
        numbers: each below 2**34 in size.

    >>> list(varints(np.array([0, -1, 1, 64, 300])))
    [0, 1, 2, 128, 1, 216, 4]
    """
    zigzag = ((numbers << 1) ^ (numbers >> 63)).astype(np.uint64)
    lengths = np.ones(len(zigzag), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        lengths += zigzag >= np.uint64(1 << bits)
    ends = np.cumsum(lengths)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for byte in range(5):
        has = lengths > byte
        chunk = (zigzag[has] >> np.uint64(7 * byte)) & np.uint64(127)
        chunk |= np.where(lengths[has] > byte + 1, np.uint64(128), np.uint64(0))
        out[ends[has] - lengths[has] + byte] = chunk.astype(np.uint8)
    return out.tobytes()
