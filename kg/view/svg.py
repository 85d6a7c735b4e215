"""SVG drawn as a tree, so that no label can become markup, with text wrapped by an estimate of its width."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

from kg.names import slug

Element = ElementTree.Element

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Source Han Sans SC', sans-serif"
)
INK, SOFT, FAINT, PAPER = "#1b1b1b", "#595959", "#dcdcdc", "#ffffff"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW, _WIDE = frozenset("iljtfrI.,:;!|'()[] /"), frozenset("mwMW@%—")


def picture(width: float, height: float, name: str, title: str, description: str) -> Element:
    """An empty picture that a screen reader announces by its title and description.

    Args:
        width: in pixels.
        height: in pixels.
        name: distinguishes its ids from those of other pictures on the same page.
        title: what it is.
        description: what a reader who does not see it needs.
    """
    key = slug(name) or "picture"
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": _number(width),
            "height": _number(height),
            "viewBox": f"0 0 {_number(width)} {_number(height)}",
            "role": "img",
            "aria-labelledby": f"{key}-title {key}-desc",
            "font-family": FONT,
        },
    )
    add(root, "title", title, id=f"{key}-title")
    add(root, "desc", description, id=f"{key}-desc")
    add(root, "rect", width=width, height=height, fill=PAPER)
    return root


def add(parent: Element, tag: str, text: str = "", /, **attributes: str | float) -> Element:
    """Add an element; underscores in the names of attributes stand for hyphens."""
    given = {key.replace("_", "-"): value for key, value in attributes.items()}
    plain = {key: clean(value) if isinstance(value, str) else _number(value) for key, value in given.items()}
    child = ElementTree.SubElement(parent, tag, plain)
    child.text = clean(text) or None
    return child


def write(parent: Element, lines: list[str], x: float, y: float, size: float = 12, **attributes: str | float) -> None:
    """Write lines of text one below the other; y is the middle of the block."""
    top = y - (len(lines) - 1) * size * 0.58
    for number, line in enumerate(lines):
        style = {"fill": INK, "font_size": size, **attributes}
        add(parent, "text", line, x=x, y=top + number * size * 1.16 + size * 0.35, **style)


def framed(root: Element, title: str, caption: str) -> Element:
    """The same picture as it stands on no page: its title written above it, and how to read it below.

    Args:
        root: from `picture`, drawn.
        title: what it is.
        caption: how to read it.
    """
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    above, below = wrap(title, 0.88 * width, 3, 14), wrap(caption, 0.88 * width, 60, 11)
    top = 20 * len(above) + 6
    whole = top + height + 14 * len(below) + 12
    drawn = Element("g", {"transform": f"translate(0 {top})"})
    for child in list(root)[3:]:  # after title, description and paper
        root.remove(child)
        drawn.append(child)
    for element in (root, root[2]):
        element.set("height", _number(whole))
    root.set("viewBox", f"0 0 {_number(width)} {_number(whole)}")
    root.append(drawn)
    write(root, above, 4, 10 * len(above), 14, font_weight="bold")
    write(root, below, 4, top + height + 7 * len(below) + 2, 11, fill=SOFT)
    return root


def markup(root: Element) -> str:
    """The picture as text."""
    return ElementTree.tostring(root, encoding="unicode")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0, 2.2 forbids.

    >>> clean("a\\x00b")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def text_width(text: str, size: float = 12) -> float:
    """About how wide a text is, in pixels; no font is asked, so it errs on the wide side.

    >>> text_width("宝鸡", 10)
    20.0
    """
    return sum(_character_width(c) for c in text) * size


def wrap(text: str, width: float, most: int, size: float = 12) -> list[str]:
    """The text in lines of at most that width; what does not fit into `most` lines is cut and marked by an ellipsis.

    >>> wrap("Herb processing", 80, 2)
    ['Herb', 'processing']
    >>> wrap("Herb processing", 80, 1)
    ['Herb…']
    """
    lines: list[str] = []
    for word in _pieces(text, width, size):
        joined = f"{lines[-1]}{'' if _is_han(lines[-1][-1]) and _is_han(word[0]) else ' '}{word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines or [""]
    last = lines[most - 1]
    while last and text_width(f"{last}…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Words, and parts of those that are wider than a line; Chinese may break anywhere."""
    pieces: list[str] = []
    for word in text.split():
        part = ""
        for character in word:
            if part and (text_width(part + character, size) > width or _is_han(character) or _is_han(part[-1])):
                pieces.append(part)
                part = ""
            part += character
        pieces.append(part)
    return pieces


def _is_han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _character_width(character: str) -> float:
    if _is_han(character) or character == "…":
        return 1.0
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    return 0.7 if character.isupper() else 0.58


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
