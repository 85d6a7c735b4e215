"""What the tests of pages ask of a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

PATIENCE = 30.0


def resize(browser: Any, width: int, height: int = 900) -> None:
    """Give the page a width and height in pixels."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def requests(browser: Any) -> list[str]:
    """Addresses asked for since the logs were read, other than the page itself and data in it."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if not url.startswith(("data:", "blob:", browser.current_url.split("#")[0]))]


def faults(browser: Any) -> list[str]:
    """What the console tells: errors of scripts, and whatever the policy had to block."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


class Explorer:
    """An explorer in a browser.

    Args:
        browser: the driver.
        path: the file.
    """

    def __init__(self, browser: WebDriver, path: Path) -> None:
        self.browser, self.path = browser, path

    def open(self, fragment: str = "", width: int = 1440, height: int = 900, language: str = "en") -> Explorer:
        """Open the file anew at an address such as `view=map`, and wait for its engine."""
        for log in ("performance", "browser"):
            self.browser.get_log(log)
        resize(self.browser, width, height)
        self.browser.get("about:blank")
        self.browser.get(f"{self.path.as_uri()}#lang={language}{'&' if fragment else ''}{fragment}")
        self.wait(lambda: self.run("return window.iisKg && iisKg.app.engine.state") == "ready")
        return self

    def wait(self, told: Callable[[], Any]) -> Any:
        """Wait until something is so, and give it."""
        end = time.monotonic() + PATIENCE
        while True:
            found = told()
            if found:
                return found
            assert time.monotonic() < end, "the page did not get there"
            time.sleep(0.05)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page."""
        return self.browser.execute_script(script, *arguments)

    def promised(self, expression: str, *arguments: Any) -> Any:
        """What a promise in the page resolves to; its error is raised."""
        found = self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"Promise.resolve().then(() => ({expression}))"
            ".then((value) => done({ value }), (error) => done({ error: String(error.message ?? error) }));",
            *arguments,
        )
        assert "error" not in found, found["error"]
        return found["value"]

    def find(self, selector: str) -> Any:
        """The first element of a selector, once it is there."""
        return self.wait(lambda: next(iter(self.browser.find_elements("css selector", selector)), None))

    def all(self, selector: str) -> list[Any]:
        """All elements of a selector."""
        return list(self.browser.find_elements("css selector", selector))

    def text(self, selector: str) -> str:
        """The text of the first element of a selector."""
        return str(self.find(selector).text)

    def click(self, selector: str) -> None:
        """Click the first element of a selector."""
        self.find(selector).click()
