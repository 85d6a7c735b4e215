"""The figures of the explorer in one run: size of the file, time until it is ready, memory, frames, requests, Stop.

    python -m benchmarks.explorer [--sizes 20000,60000,200000,1000000] [--folder build/explorer]

Needs chromium and chromedriver. Memory is the PSS of the renderer process, from /proc/PID/smaps_rollup, in the largest
renderer of this browser; frames are those that requestAnimationFrame gives while the pointer drags the network.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import kg
from benchmarks.synthetic import synthetic
from kg.project import Project
from kg.view.explorer import Settings, write_explorer

READY = {20_000: 3.0, 60_000: 5.0, 200_000: 5.0, 1_000_000: 15.0}
"""Seconds until the page and its engine are ready, by quads."""

FRAMES = """
const done = arguments[arguments.length - 1];
const canvas = document.querySelector(".view-network canvas");
if (!canvas) { done(null); return; }
const box = canvas.getBoundingClientRect();
const at = (type, x, y, buttons) => canvas.dispatchEvent(new PointerEvent(type,
  { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", buttons, isPrimary: true,
    button: type === "pointermove" ? -1 : 0, clientX: box.left + x, clientY: box.top + y }));
const gaps = [];
let before = null;
let frame = 0;
at("pointerdown", 40, 40, 1);
const step = (now) => {
  if (before !== null) gaps.push(now - before);
  before = now;
  frame += 1;
  at("pointermove", 40 + 200 * Math.abs(Math.sin(frame / 20)), 40 + 120 * Math.abs(Math.cos(frame / 20)), 1);
  if (frame < 120) requestAnimationFrame(step);
  else { at("pointerup", 60, 60, 0); gaps.sort((a, b) => a - b); done(1000 / gaps[gaps.length >> 1]); }
};
requestAnimationFrame(step);
"""

STOPPED = """
const done = arguments[arguments.length - 1];
const engine = window.iisKg.app.engine;
const cross = engine.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) != STR(?i)) }");
cross.catch(() => {});
setTimeout(async () => {
  const start = performance.now();
  engine.stop();
  for (;;) {
    try { await engine.query("ASK { ?s ?p ?o }"); break; }
    catch (error) { await new Promise((again) => { setTimeout(again, 50); }); }
    if (performance.now() - start > 60000) break;
  }
  done((performance.now() - start) / 1000);
}, 500);
"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser of its own, without a GPU."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(120)
    try:
        yield driver
    finally:
        driver.quit()


class Measured:
    """Figures beside their limits."""

    def __init__(self) -> None:
        print(f"{'figure':58} {'limit':>10} {'measured':>10}")

    def tell(self, what: str, limit: float, found: float | None, unit: str, at_least: bool = False) -> None:
        """Print a figure."""
        sign = ">=" if at_least else "<="
        held = found is not None and (found >= limit if at_least else found <= limit)
        value = "-" if found is None else f"{found:.2f}"
        print(f"{what:58} {sign} {limit:7g} {value:>10} {unit:4}{'' if held else '  MISSED'}", flush=True)


def open_page(browser: Any, path: Path) -> float:
    """Open a file and give the seconds until its engine is ready."""
    start = time.perf_counter()
    browser.get(f"{path.resolve().as_uri()}#lang=en&view=network")
    while browser.execute_script("return window.iisKg && iisKg.app.engine.state") != "ready":
        if time.perf_counter() - start > 180:
            raise SystemExit(f"{path}: not ready after 180 s")
        time.sleep(0.02)
    return time.perf_counter() - start


def memory(browser: Any) -> float | None:
    """PSS of the largest renderer process below the browser, in MB."""
    root = browser.service.process.pid
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            parents[int(status.parent.name)] = int(fields[1])
        except OSError:
            continue
    below, added = {root}, True
    while added:
        fresh = {pid for pid, parent in parents.items() if parent in below} - below
        below, added = below | fresh, bool(fresh)
    sizes = []
    for pid in below:
        try:
            if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                sizes.append(next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")))
        except OSError:
            continue
    return max(sizes) / 1000 if sizes else None


def requests(browser: Any) -> int:
    """How many requests were made, besides the file and data in it."""
    sent = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    return sum(not url.startswith(("data:", "blob:", "file:")) for url in urls)


def sizes(told: Measured, folder: Path) -> None:
    """The fixed part of the file, and the file of the graph of the papers."""
    assets = files("kg.view.explorer") / "assets"
    fixed = len((assets / "explorer.html").read_bytes()) + 4 * -(-len((assets / "oxigraph.wasm.gz").read_bytes()) // 3)
    told.tell("fixed part of the file", 2.8, fixed / 1e6, "MB")
    graph = kg.open()
    start = time.perf_counter()
    written = graph.write_explorer(folder / "papers.html")
    told.tell("writing the graph of the papers", 10, time.perf_counter() - start, "s")
    told.tell(f"file of the papers, {written.quads:,} quads", 3.5, written.size / 1e6, "MB")


def of_size(told: Measured, quads: int, folder: Path) -> None:
    """A made-up graph of a size, in a browser."""
    nodes = 100_000 if quads >= 1_000_000 else None
    store = synthetic(quads, nodes)
    path = folder / f"{quads}.html"
    start = time.perf_counter()
    written = write_explorer(store, Project.find(), path, settings=Settings(most_quads=2_000_000))
    took = time.perf_counter() - start
    del store
    name = f"{written.quads:,} quads, {written.nodes:,} nodes"
    if quads == 200_000:
        told.tell(f"{name}: writing", 10, took, "s")
    if quads >= 1_000_000:
        told.tell(f"{name}: file", 30, written.size / 1e6, "MB")
    with chromium() as browser:
        ready = open_page(browser, path)
        told.tell(f"{name}: ready", READY.get(quads, 15.0), ready, "s")
        if quads == 20_000:
            told.tell(f"{name}: memory of the renderer (PSS)", 350, memory(browser), "MB")
        else:
            told.tell(f"{name}: memory of the renderer (PSS)", 1_500, memory(browser), "MB")
        frames = browser.execute_async_script(FRAMES)
        told.tell(f"{name}: frames while dragging", 20 if written.nodes > 5_000 else 30, frames, "/s", at_least=True)
        told.tell(f"{name}: engine answers again after Stop", ready + 1, browser.execute_async_script(STOPPED), "s")
        told.tell(f"{name}: requests", 0, requests(browser), "")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="20000,60000,200000,1000000", help="quads, with commas")
    parser.add_argument("--folder", type=Path, default=Path("build/explorer"), help="where the pages are written")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    told = Measured()
    sizes(told, given.folder)
    for quads in map(int, given.sizes.split(",")):
        of_size(told, quads, given.folder)


if __name__ == "__main__":
    main()
