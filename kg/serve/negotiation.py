"""Which form of an answer a client wants (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The media type among those offered, best first, that an Accept header prefers; None where it takes none.

    >>> choose("text/turtle;q=0.5, text/html", ["text/turtle", "text/html"])
    'text/html'
    """
    if not accept.strip():
        return offered[0]
    best: tuple[float, int] | None = None
    for position, media_type in enumerate(offered):
        kind = media_type.partition("/")[0]
        quality = 0.0
        for part in accept.split(","):
            name, *options = [each.strip() for each in part.split(";")]
            if name in (media_type, f"{kind}/*", "*/*"):
                given = next((o[2:] for o in options if o.startswith("q=")), "1")
                quality = max(quality, float(given))
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, position)
    return offered[best[1]] if best else None
