"""The sources of the page never make markup, code or requests out of data, and the built page allows none of it."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from kg.view.explorer.page import page
from tests.support import ROOT
from tests.view.hostile import Page

SOURCES = ROOT / "kg/view/explorer/web/src"
SCRIPTS = sorted(SOURCES.rglob("*.js"))

BANNED = {
    "markup": r"\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc|setHTMLUnsafe)\b",
    "writing": r"\bdocument\s*\.\s*(write|writeln)\b|insertHTML",
    "code": r"\beval\b|\bnew\s+Function\b|\bFunction\s*\(|\b(setTimeout|setInterval)\s*\(\s*[\"'`]",
    "addresses that run": r"javascript\s*:",
    "handlers by name": r"setAttribute(NS)?\s*\(\s*[^)]*[\"'`]on|\[\s*[\"'`]on[a-z]+[\"'`]\s*\]\s*=",
    "requests": r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b",
    "connections": r"\b(WebTransport|RTCPeerConnection|BroadcastChannel|SharedWorker)\b",
    "modules at run time": r"\bimport\s*\(",
    "places to leave things": r"\b(localStorage|sessionStorage|indexedDB)\b|\bdocument\s*\.\s*cookie\b",
    "other pages": r"\bwindow\s*\.\s*open\b|\blocation\s*\.\s*(href|assign|replace)\b\s*[=(]",
}
ALLOWED_HTTP = re.compile(r"http://www\.w3\.org/|https?://[a-z.]*(opengis\.net|purl\.org)/")


def code_of(text: str) -> str:
    """A script without its comments."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(^|[\s;{}(,])//[^\n]*", r"\1", text)


@pytest.mark.parametrize("what", BANNED)
def test_what_the_sources_never_use(what: str) -> None:
    assert len(SCRIPTS) > 20
    found = {
        path.relative_to(SOURCES).as_posix(): hit[0]
        for path in SCRIPTS
        if (hit := re.search(BANNED[what], code_of(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("markup", "box.innerHTML = label"),
        ("writing", "document.write(label)"),
        ("code", "setTimeout('go()', 5)"),
        ("code", "const f = new Function(text)"),
        ("addresses that run", "link.href = 'javascript:' + code"),
        ("handlers by name", "box.setAttribute('onclick', text)"),
        ("requests", "await fetch(url)"),
        ("modules at run time", "await import(name)"),
        ("other pages", "location.href = address"),
    ],
)
def test_the_search_finds_them(what: str, line: str) -> None:
    assert re.search(BANNED[what], code_of(line))


def test_links_and_styles_are_not_made_of_data() -> None:
    """An address of a link is a fragment or a blob of the page; a style is a text of the page or numbers."""
    link = re.compile(r"\bhref\s*:\s*([^,}]+)")
    others = {
        (path.name, value.strip())
        for path in SCRIPTS
        for value in link.findall(code_of(path.read_text(encoding="utf-8")))
        if not re.match(r"[`\"]#|address\b|\"data:|URL\.createObjectURL", value.strip())
    }
    assert others == set()


def test_the_code_names_no_term_of_the_ontology_and_no_host() -> None:
    for path in SCRIPTS:
        code = code_of(path.read_text(encoding="utf-8"))
        assert "w3id.org" not in code, path
        hosts = [url for url in re.findall(r"https?://[^\"'`\s]+", code) if not ALLOWED_HTTP.match(url)]
        assert hosts == [], path


def test_no_file_over_400_lines() -> None:
    files = [path for ending in ("*.js", "*.css") for path in SOURCES.rglob(ending)]
    long = {path.name: n for path in files if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}


@pytest.fixture(scope="module")
def built() -> str:
    """The page without data."""
    return page({"meta": b"{}"})


def test_the_policy_is_as_designed_and_its_hash_is_the_scripts(built: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in Page(built).policy.split("; "))
    scripts = re.findall(r"<script>(.*?)</script>", built, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode("utf-8")).digest()).decode("ascii")
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}' 'wasm-unsafe-eval' blob:",
        "worker-src": "blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    # It stands before all that it governs.
    assert built.index("Content-Security-Policy") < min(
        built.index("<script"), built.index("<style"), built.index("<link")
    )


def test_data_cannot_end_their_element(built: str) -> None:
    """Data are base64, so that no text of the graph is ever parsed as HTML."""
    hostile = page({"meta": b'</script><script>alert(1)</script>"', "terms": "<!--钛".encode()})
    blocks = re.findall(r'<script type="text/plain" id="kg-[\w-]+">([^<]*)</script>', hostile)
    assert len(blocks) + 1 == Page(hostile).elements["script"] == Page(built).elements["script"] + 1
    assert all(re.fullmatch(r"[A-Za-z0-9+/=]+", block) for block in blocks)
    assert Page(built).handlers == []
    assert set(Page(built).loads) <= {"data:,"}
