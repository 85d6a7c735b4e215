"""What one request may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of what comes from outside.

    Args:
        seconds: that a query may run.
        memory: MiB of address space that a worker may have.
        rows: rows or triples of an answer.
        size: MiB of an answer.
        workers: queries that run at once.
        queue: requests that wait for a worker; those beyond are refused with 503.
        request: KiB of a request's body.
    """

    seconds: float = 30.0
    memory: int = 1024
    rows: int = 1_000_000
    size: int = 64
    workers: int = 4
    queue: int = 256
    request: int = 1024
