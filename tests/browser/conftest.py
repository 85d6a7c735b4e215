"""One headless Chromium for all tests of pages, and the explorer of the five papers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from kg.view.explorer import write_explorer
from tests.browser.support import Explorer

CHROMIUM, DRIVER = "chromium", "chromedriver"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; where it is absent the tests are skipped, or fail where CI is set."""
    if not (shutil.which(CHROMIUM) and shutil.which(DRIVER)):
        missing = "chromium and chromedriver are missing: apt install chromium chromium-driver fonts-noto-cjk"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which(CHROMIUM)
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def explorer_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the five papers."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    write_explorer(graph.embedded, graph.project, path)
    return path


@pytest.fixture
def explorer(browser: Any, explorer_file: Path) -> Explorer:
    """The explorer of the five papers in the browser; open it with an address."""
    return Explorer(browser, explorer_file)
