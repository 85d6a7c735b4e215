"""The explorer in Firefox and WebKit, from disk: it starts, answers, and shows each view and the details of a thing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from tests.browser.marionette import Firefox

_WEBKIT = "WebKitWebDriver"
VISIT = """
const [views, query, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
const faults = [];
window.addEventListener("error", (event) => faults.push(event.message));
window.addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const settled = async (told) => { for (let i = 0; i < 300 && !told(); i += 1) await pause(100); };
(async () => {
  await settled(() => window.iisKg && ["ready", "failed"].includes(iisKg.app.engine.state));
  const app = iisKg.app;
  const found = await app.engine.query(query);
  const shown = {};
  for (const view of views) {
    app.go({ view });
    await settled(() => document.querySelector("main").textContent.length > 20);
    shown[view] = document.querySelector("main").textContent.length > 20;
  }
  app.select(app.network.nodes.term[0]);
  await settled(() => document.querySelector(".details").textContent.length > 20);
  const details = document.querySelector(".details").textContent.length > 20;
  done({ count: Number(found.rows[0][0].value), shown, details, faults });
})().catch((error) => done({ error: String(error) }));
"""
VIEWS = ["network", "chain", "map", "matrices", "findings", "query"]


def missing(what: str, package: str) -> None:
    """Skip, or fail where CI is set."""
    told = f"{what} is missing: apt install {package}"
    pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        missing("Firefox", "firefox-esr")
    driver = Firefox(str(program), tmp_path)
    yield driver
    driver.quit()


@pytest.fixture
def _screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A screen that only the test sees."""
    if not shutil.which("Xvfb"):
        missing("Xvfb", "xvfb")
    reader, writer = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(writer)], pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as number:
            monkeypatch.setenv("DISPLAY", f":{number.readline().strip()}")
        yield
        server.kill()


@pytest.fixture
def webkit(_screen: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """WebKitGTK, which stands for Safari."""
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if not (shutil.which(_WEBKIT) and browser):
        missing("WebKitGTK", "webkit2gtk-driver")
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    monkeypatch.setenv("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")  # the sandbox needs more than containers give
    options = Options()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    driver = webdriver.WebKitGTK(options=options, service=Service(shutil.which(_WEBKIT)))
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
@pytest.mark.parametrize("name", ["firefox", "webkit"])
def test_the_explorer_works_in_another_browser(
    name: str, graph: Graph, explorer_file: Path, request: pytest.FixtureRequest
) -> None:
    driver = request.getfixturevalue(name)
    driver.get(explorer_file.as_uri())
    found = driver.execute_async_script(VISIT, VIEWS, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert found == {"count": len(graph.store), "shown": dict.fromkeys(VIEWS, True), "details": True, "faults": []}
