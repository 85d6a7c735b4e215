"""`kg serve` beside rdflib-endpoint (rdflib in memory) and the bare Oxigraph server, on the same triples.

wrk with eight connections asks for a point lookup, a join of three patterns with 50 rows, and an aggregate over all
enterprises, in rounds that alternate between the servers; then for the point lookup while two clients send queries
that never end, and while two hundred send their requests a byte a second. Every server's answers are compared first,
and each answer beside killers is checked.

    python -m benchmarks.serve                       # about 10,000 triples, and 1 M
    python -m benchmarks.serve --triples 10000 --seconds 5 --rounds 3 --killers 60
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import ID, IIS, made
from kg.store import folder
from kg.store.oxigraph import OxigraphStore

ROOT = Path(__file__).resolve().parents[1]
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
QUERIES = {
    "point lookup": f"SELECT ?label {{ <{ID}actor/e7> <{_LABEL}> ?label }}",
    "join of three": (
        f"SELECT ?actor ?place ?industry {{ ?actor <{IIS}inIndustry> ?industry ; <{IIS}inPlace> ?place . "
        f"?place <{IIS}within> ?province }} LIMIT 50"
    ),
    "aggregate": (
        f"SELECT ?industry (COUNT(?actor) AS ?count) {{ ?actor a <{IIS}Enterprise> ; <{IIS}inIndustry> ?industry }} "
        "GROUP BY ?industry"
    ),
}
GOALS = {"point lookup": 2.0, "join of three": 4.0, "aggregate": 30.0}
"""Times the requests a second of rdflib-endpoint."""

CONNECTIONS = 8

MOST = 50.0
"""Milliseconds of the 99th percentile of point lookups while killers run."""

SLOW_CLIENTS = 200

_DOUBLED = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(32))
KILLERS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    f'SELECT (STRLEN(?s32) AS ?n) {{ BIND("a" AS ?s0) {_DOUBLED} }}',
)

RDFLIB = """
import sys
import rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""

CHECK = """
local wrong = 0
function init(args) wrong = 0 end
function response(status, headers, body)
  if status ~= 200 or body ~= EXPECTED then wrong = wrong + 1 end
end
function report() return wrong end
local threads = {}
function setup(thread) table.insert(threads, thread) end
function done(summary, latency, requests)
  local all = 0
  for _, thread in ipairs(threads) do all = all + (thread:get("wrong") or 0) end
  io.write(string.format("wrong %d\\n", all))
end
""".replace("local wrong = 0\n", "wrong = 0\n")


@dataclass(frozen=True)
class Server:
    """A server that runs, and the address of its endpoint."""

    name: str
    endpoint: str

    def url(self, query: str) -> str:
        """The address of a query."""
        return f"{self.endpoint}?query={urllib.parse.quote(query, safe='')}"

    def rows(self, query: str) -> Counter[tuple[tuple[str, str], ...]]:
        """The rows of the answer, in no order."""
        bindings = json.loads(self.body(query))["results"]["bindings"]
        return Counter(tuple(sorted((name, cell["value"]) for name, cell in row.items())) for row in bindings)

    def body(self, query: str) -> bytes:
        """The answer as it is sent."""
        request = urllib.request.Request(self.url(query), headers={"Accept": "application/sparql-results+json"})
        with urllib.request.urlopen(request, timeout=600) as answer:
            return bytes(answer.read())


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(name: str, path: str, port: int, *command: str) -> Iterator[Server]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(name, f"http://127.0.0.1:{port}{path}")
    try:
        end = time.monotonic() + 900
        while True:
            try:
                server.body("ASK {}")
                break
            except (urllib.error.URLError, ConnectionError):
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{name} does not start") from None
                time.sleep(0.2)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _servers(triples: int, scratch: Path) -> Iterator[list[Server]]:
    """Ours, rdflib-endpoint and Oxigraph on the same triples; ours has them in graphs of passages, as always."""
    quads = made(triples, triples * 16 // 100)
    store = OxigraphStore.of_lines(quads)
    plain = sorted({f"{line.rsplit(' ', 2)[0]} ." for line in quads})
    kept = list(store.nquads())
    with folder.exclusive(scratch / "graph"):
        folder.publish(scratch / "graph", kept, {"quads": len(kept)})
    (scratch / "graph.nt").write_text("\n".join(plain) + "\n", encoding="utf-8")
    beside = Path(sys.executable).parent
    subprocess.run(
        [beside / "oxigraph", "load", "-l", scratch / "oxigraph", "-f", scratch / "graph.nt"],
        check=True,
        capture_output=True,
    )
    enterprises = sum("#Enterprise>" in line for line in plain)
    print(f"\n{len(plain):,} triples, {enterprises:,} enterprises")
    ours, theirs, bare = _free(), _free(), _free()
    kg = (
        "-P",
        "-c",
        "from kg.cli import main; main()",
        "serve",
        "--port",
        str(ours),
        "--store",
        str(scratch / "graph"),
    )
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        started = [
            enter(_running("kg serve", "/sparql", ours, sys.executable, *kg)),
            enter(
                _running(
                    "rdflib-endpoint", "/", theirs, sys.executable, "-c", RDFLIB, str(scratch / "graph.nt"), str(theirs)
                )
            ),
            enter(
                _running(
                    *("oxigraph", "/query", bare, str(beside / "oxigraph"), "serve-read-only"),
                    *("-l", str(scratch / "oxigraph"), "-b", f"127.0.0.1:{bare}"),
                )
            ),
        ]
        _settle(started[0])
        yield started


def _settle(server: Server) -> None:
    """Wait until ours holds the graph in memory, which it copies while it answers."""
    health = server.endpoint.removesuffix("/sparql") + "/health"
    start = time.monotonic()
    while True:
        with urllib.request.urlopen(health, timeout=60) as answer:
            if json.load(answer)["held"] == "memory":
                break
        time.sleep(0.1)
    print(f"  kg serve holds the graph in memory {time.monotonic() - start:.1f} s after its first answer", flush=True)


def _wrk(url: str, seconds: int, script: Path | None = None) -> tuple[float, float, int]:
    """Requests a second, the 99th percentile in milliseconds, and how many answers were no good."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "300s", "--latency"]
    command += ["-H", "Accept: application/sparql-results+json", *(["-s", str(script)] if script else []), url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", said)
    if rate is None or slowest is None:
        raise SystemExit(f"wrk says something else: {said}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    wrong = re.search(r"^wrong (\d+)", said, re.MULTILINE)
    faults = int(bad[1]) if bad else 0
    faults += int(wrong[1]) if wrong else 0
    return float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}[slowest[2]], faults


def _took(server: Server, query: str) -> float:
    start = time.perf_counter()
    server.body(query)
    return time.perf_counter() - start


def _at_once(server: Server, query: str) -> tuple[float, float, int]:
    """The same of one request on each connection, until the last is answered: of what is too slow for rounds."""

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as clients:
        took = list(clients.map(lambda _number: _took(server, query), range(CONNECTIONS)))
    return CONNECTIONS / (time.perf_counter() - start), max(took) * 1_000, 0


def compare(servers: list[Server], rounds: int, seconds: int) -> None:
    """Print the requests a second of each server, and ours as a ratio.

    Where a round would end before a server has answered each connection four times, each is asked once, and waited for.
    """
    for name, query in QUERIES.items():
        if name == "join of three":  # any 50 rows will do
            found = [sum(server.rows(query).values()) for server in servers]
        else:
            found = [server.rows(query) for server in servers]  # type: ignore[misc]
        if any(each != found[0] for each in found):
            raise SystemExit(f"{name}: the servers answer differently")
    for name, query in QUERIES.items():
        measured: dict[str, list[tuple[float, float]]] = {server.name: [] for server in servers}
        slow = any(_took(server, query) * CONNECTIONS * 4 > seconds for server in servers)
        for _ in range(rounds):
            for server in servers:
                rate, slowest, faults = _at_once(server, query) if slow else _wrk(server.url(query), seconds)
                if faults:
                    raise SystemExit(f"{server.name}, {name}: {faults} faults")
                measured[server.name].append((rate, slowest))
        middle = {who: statistics.median(rate for rate, _ in each) for who, each in measured.items()}
        for who, each in measured.items():
            p99 = statistics.median(slowest for _, slowest in each)
            print(f"  {name:<14} {who:<16} {middle[who]:10,.1f} requests/s   p99 {p99:9,.1f} ms", flush=True)
        ratio = middle["kg serve"] / middle["rdflib-endpoint"]
        limit = middle["kg serve"] / middle["oxigraph"]
        how = f", {CONNECTIONS} requests at once, until the last is answered" if slow else ""
        print(f"  {name:<14} {ratio:.1f} times rdflib-endpoint (goal {GOALS[name]:g}), {limit:.2f} of Oxigraph{how}")


def beside_killers(server: Server, seconds: int, scratch: Path) -> None:
    """Print how long point lookups take while two clients send queries that never end."""
    stop, sent = threading.Event(), Counter[int]()

    def send(first: int) -> None:
        for number in range(first, 1_000_000):
            if stop.is_set():
                return
            try:
                server.body(f"{KILLERS[number % len(KILLERS)]} # {number}")
                sent[200] += 1
            except urllib.error.HTTPError as error:
                sent[error.code] += 1
                error.close()
            except OSError:
                sent[0] += 1

    query = QUERIES["point lookup"]
    script = scratch / "check.lua"
    script.write_text(f"EXPECTED = {_lua(server.body(query))}\n{CHECK}", encoding="utf-8")
    clients = [threading.Thread(target=send, args=(n,), daemon=True) for n in range(2)]
    for client in clients:
        client.start()
    time.sleep(1)
    rate, slowest, wrong = _wrk(server.url(query), seconds, script)
    stop.set()
    told = ", ".join(f"{count} with {code}" for code, count in sorted(sent.items())) or "none"
    print(
        f"  point lookup beside two clients with killers, {seconds} s: {rate:,.1f} requests/s, p99 {slowest:.1f} ms "
        f"(goal {MOST:g} ms), {wrong} wrong answers; killers ended: {told}"
    )
    for client in clients:
        client.join(60)


def beside_slow_clients(server: Server, seconds: int) -> None:
    """Print how long point lookups take while clients send their requests byte by byte, as a ratio to without them."""
    url = server.url(QUERIES["point lookup"])
    address = urllib.parse.urlsplit(server.endpoint)
    stop, held = threading.Event(), list[float]()

    def dribble() -> None:
        text = f"GET /health HTTP/1.1\r\nHost: {address.netloc}\r\nX-Slow: {'a' * 4_000}".encode("ascii")
        clients: dict[socket.socket, float] = {}
        while not stop.is_set():
            while len(clients) < SLOW_CLIENTS:
                clients[socket.create_connection((address.hostname or "", address.port or 0))] = time.monotonic()
            for client, since in list(clients.items()):
                sent = int(time.monotonic() - since)
                try:
                    client.send(text[sent : sent + 1])
                    client.setblocking(False)
                    ended = client.recv(1_000) is not None
                except BlockingIOError:
                    ended = False
                except OSError:
                    ended = True
                if ended:
                    held.append(time.monotonic() - since)
                    client.close()
                    del clients[client]
            stop.wait(1)
        for client in clients:
            client.close()

    alone = [_wrk(url, seconds)[1]]
    slow = threading.Thread(target=dribble, daemon=True)
    slow.start()
    time.sleep(2)
    rate, beside, wrong = _wrk(url, max(seconds, 40))
    stop.set()
    slow.join()
    alone.append(_wrk(url, seconds)[1])
    print(
        f"  point lookup beside {SLOW_CLIENTS} clients that send a byte a second: {rate:,.1f} requests/s, "
        f"p99 {beside:.1f} ms, {beside / statistics.mean(alone):.2f} times without (goal 2), {wrong} wrong answers; "
        + (f"{len(held)} ended, the last after {max(held):.0f} s (goal 30)" if held else "none were ended")
    )


def _lua(body: bytes) -> str:
    return '"' + "".join(f"\\{byte:03}" for byte in body) + '"'


def main() -> None:
    """Compare on each graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="of each round")
    parser.add_argument("--killers", type=int, default=60, help="seconds beside killers; 0 leaves them out")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing. Install it: apt-get install wrk")
    for triples in given.triples:
        with tempfile.TemporaryDirectory() as scratch, _servers(triples, Path(scratch)) as servers:
            compare(servers, given.rounds, given.seconds)
            if given.killers:
                beside_killers(servers[0], given.killers, Path(scratch))
            beside_slow_clients(servers[0], given.seconds)


if __name__ == "__main__":
    main()
