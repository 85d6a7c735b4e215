"""Regional industry as a knowledge graph.

>>> import kg
>>> graph = kg.open()
>>> [row["stage_label"] for row in graph.ask("stages-in-order", chain="titanium")][:2]
['Titanium ore mining', 'Titanium sponge making']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph as Graph
    from kg.api import open as open

__all__ = ["Graph", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in ("Graph", "open"):
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
