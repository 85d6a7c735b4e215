"""What one request may cost."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, get_type_hints

from kg.errors import UseError

MIB = 1 << 20
SMALLEST = 64
"""MiB below which not even small queries are answered."""


@dataclass(frozen=True)
class Limits:
    """Limits of what comes from outside; each says in its annotation what it limits.

    >>> Limits(seconds=5).seconds
    5
    """

    seconds: Annotated[float, "Seconds that a query may run"] = 30.0
    memory: Annotated[int, "MiB that a query may take"] = 1024
    analysis: Annotated[float, "Seconds that an analysis may run"] = 120.0
    rows: Annotated[int, "Rows or triples of an answer"] = 1_000_000
    size: Annotated[int, "MiB of an answer"] = 64
    workers: Annotated[int, "Queries that run at once; half of them may be long ones"] = 4
    queue: Annotated[int, "Queries that wait for a worker; those beyond are refused with 503"] = 256
    request: Annotated[int, "KiB of the body of a request"] = 1024
    held: Annotated[int, "Quads up to which a copy of the graph is held in memory, about half a KiB each"] = 2_000_000

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) <= 0:
                raise UseError(f"--{field.name} {getattr(self, field.name)}: not a limit. Give more than 0")
        if self.memory < SMALLEST:
            raise UseError(f"--memory {self.memory}: too little for a worker. Give {SMALLEST} at least")

    @classmethod
    def described(cls) -> dict[str, str]:
        """What each limits, by its name."""
        hints = get_type_hints(cls, include_extras=True)
        return {field.name: hints[field.name].__metadata__[0] for field in fields(cls)}
