"""Pages as files: the template engine, the policy that forbids them to load anything, and a safe way to write them."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UseError

if TYPE_CHECKING:
    import jinja2


def environment(folder: Path) -> jinja2.Environment:
    """Templates of a folder; every value is escaped, and a name that is not given is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def policy(*scripts: str) -> str:
    """A content security policy under which a page loads nothing and runs these scripts only, told by their SHA-256.

    >>> policy().startswith("default-src 'none'; style-src 'unsafe-inline'")
    True
    """
    rules = [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if scripts:
        digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
        rules.append("script-src " + " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
    return "; ".join(rules)


def write_page(path: Path, text: str) -> None:
    """Write a page aside and put it in place in one step, so that no half page and no followed link is left.

    Raises:
        UseError: the path cannot be written.
    """
    aside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".html", delete=False) as file:
            aside = Path(file.name)
            file.write(text)
        aside.chmod(0o666 & ~_umask())
        aside.replace(path)
    except (OSError, ValueError) as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise UseError(f"{path}: cannot be written ({error}). Give another file with -o") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
