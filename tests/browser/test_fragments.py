"""Fragments in Chromium: in pages of others, dark and narrow, and from a server that says who may frame them."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from kg.view.fragments import Settings
from tests.browser.support import faults, requests, resize
from tests.serve.support import serving, wait_until


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def pages(folder: Path) -> Iterator[str]:
    """A folder of pages on an origin of its own."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=host.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{host.server_port}"
    finally:
        host.shutdown()
        thread.join()
        host.server_close()


def inside(browser: Any) -> str:
    """The heading of the page in the first frame; empty where the browser shows none."""
    browser.switch_to.default_content()
    browser.switch_to.frame(browser.find_element("css selector", "iframe"))
    found = browser.find_elements("css selector", "h1")
    text = str(found[0].text) if found else ""
    browser.switch_to.default_content()
    return text


@pytest.fixture(scope="module")
def pasted(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pasted") / "page.html"
    fragments = [graph.embed("BaoTai Group"), graph.embed("stages-in-order", chain="titanium")]
    path.write_text(f"<!doctype html><meta charset=utf-8><p>Mine</p>{''.join(fragments)}", encoding="utf-8")
    return path


def test_a_pasted_fragment_is_shown_and_asks_for_nothing(browser: Any, pasted: Path) -> None:
    browser.get_log("performance")
    browser.get_log("browser")
    resize(browser, 900)
    browser.get(pasted.as_uri())
    assert wait_until(lambda: inside(browser) == "BaoTai Group")
    asked = [url for url in requests(browser) if not url.startswith("about:")]
    assert (asked, faults(browser)) == ([], [])


@pytest.mark.parametrize("width", [390, 900])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_its_frame_and_its_colours_can_be_read(
    browser: Any, graph: Graph, tmp_path: Path, width: int, scheme: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(graph.fragment_page("gaps-in-place", place="xianyang").html, encoding="utf-8")
    resize(browser, width)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        browser.get(path.as_uri())
        root = "document.documentElement"
        assert browser.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth")
        assert 0 < browser.execute_script("return document.querySelector('figure').clientHeight") < 480  # of a frame
        colours = browser.execute_script(
            "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
        )
        assert (
            colours
            == {
                "light": ["rgb(27, 27, 27)", "rgb(255, 255, 255)"],
                "dark": ["rgb(236, 236, 236)", "rgb(22, 24, 27)"],
            }[scheme]
        )
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_an_origin_that_is_named_frames_it_and_a_foreign_one_does_not(
    browser: Any, graph: Graph, store_folder: Path, tmp_path: Path
) -> None:
    with (
        pages(tmp_path) as good,
        pages(tmp_path) as evil,
        serving(store_folder, "--allow-framing", good) as server,
    ):
        fragment = graph.embed("Baoji", Settings(address=server.url)).replace('loading="lazy" ', "")
        (tmp_path / "page.html").write_text(f"<!doctype html>{fragment}", encoding="utf-8")
        resize(browser, 900)
        browser.get(f"{good}/page.html")
        assert wait_until(lambda: inside(browser) == "Baoji")
        browser.get_log("browser")
        browser.get(f"{evil}/page.html")
        told: list[str] = []

        def refused() -> bool:
            told.extend(faults(browser))
            return any("frame-ancestors" in message for message in told)

        assert wait_until(refused), told
        assert inside(browser) == ""
        browser.get("about:blank")
