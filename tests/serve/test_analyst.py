"""Analyses in a process of their own, which ends where nobody waits for it any more."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from kg.errors import OutOfMemory, StoreError, TimedOut, UseError
from kg.load.build import build
from kg.project import Project
from kg.serve.analyst import Wanted
from kg.serve.limits import Limits
from kg.serve.service import Service
from kg.store.folder import open_current, read_manifest
from tests.conftest import MakeProject
from tests.load.test_scenario import write
from tests.serve.pools import LINES, becomes, put
from tests.support import add_query

QUICK = Wanted("links")
SLOW = Wanted("rules")
"""Asks for the counties first, which takes without end where `endless` is laid over the project."""

PLACES: dict[str, str | bytes] = {
    "place": "key,class,label,within\nchina,Country,China,\ntown,City,Town,china\n",
    "industry": "key,label\nsteel,Steel\n",
    "chain": "key,class,label,industry\nsteel,IndustryChain,Steel chain,steel\n",
    "stage": "key,class,chain,label,feeds\nmining,Stage,steel,Mining,\n",
}
TEN = "VALUES ?{} {{ 0 1 2 3 4 5 6 7 8 9 }}"
ENDLESS = f"""#+ summary: Counties
#+ question: Which?
#+ returns:
#+   county: counted up to 10^15
SELECT (COUNT(*) AS ?county) {{
  {" ".join(TEN.format(f"v{n}") for n in range(15))}
}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "graph", LINES)
    return tmp_path / "graph"


@pytest.fixture
def endless(tmp_path: Path) -> Project:
    (of,) = [relative for relative, _path in Project.find().files("queries", "*/counties.rq")]
    add_query(tmp_path / "project", ENDLESS, "counties", of.partition("/")[0])
    return Project.find(tmp_path / "project")


def served(
    folder: Path, project: Project, work: Callable[[Service], Coroutine[Any, Any, None]], **limits: float
) -> None:
    async def run() -> None:
        async with Service(folder, project, Limits(workers=1, **limits)) as service:  # type: ignore[arg-type]
            async with asyncio.timeout(120):
                await work(service)

    asyncio.run(run())


def analysts() -> set[int]:
    """The processes of analyses that this one has."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if parent == str(os.getpid()) and b"kg.serve.analyst" in (process / "cmdline").read_bytes():
                found.add(int(process.name))
    return found


def test_one_that_takes_too_long_is_ended_with_its_process(folder: Path, endless: Project) -> None:
    async def work(service: Service) -> None:
        with pytest.raises(TimedOut, match="longer than 2 s and was ended"):
            await service.analyst.analysis("", SLOW)
        await becomes(lambda: not analysts())

    served(folder, endless, work, analysis=2)


def test_one_that_nobody_waits_for_is_ended_and_so_may_its_process_be(folder: Path, endless: Project) -> None:
    async def work(service: Service) -> None:
        running = asyncio.create_task(service.analyst.analysis("", SLOW))
        await becomes(lambda: len(analysts()) == 1)
        (process,) = analysts()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await becomes(lambda: process not in analysts())
        assert (await service.analyst.analysis("", QUICK)).method == "links"
        running = asyncio.create_task(service.analyst.analysis("", SLOW))
        await asyncio.sleep(0)
        (process,) = analysts()
        os.kill(process, signal.SIGKILL)  # as the system does with what takes all memory
        with pytest.raises(OutOfMemory, match="or ended its process"):
            await running

    served(folder, endless, work)


def test_its_process_outlives_what_is_wrong_with_a_call_and_ends_with_the_graph(folder: Path) -> None:
    async def work(service: Service) -> None:
        with pytest.raises(UseError, match="unknown place"):
            await service.analyst.analysis("1", Wanted("links", place="Nowhere"))
        (process,) = analysts()
        with pytest.raises(UseError, match="top: many is not a number"):
            await service.analyst.analysis("1", Wanted("next", options={"top": "many"}))
        with pytest.raises(StoreError, match="unexpected keyword argument 'nothing'"):
            await service.analyst.analysis("1", Wanted("links", options={"nothing": "1"}))
        assert analysts() == {process}
        await service.analyst.analysis("2", QUICK)
        await becomes(lambda: process not in analysts())
        assert len(analysts()) == 1
        await service.analyst.close()
        assert not analysts()

    served(folder, Project.find(), work)


def test_a_scenario_is_what_python_gives(small_project: MakeProject, tmp_path: Path) -> None:
    project = small_project(PLACES)
    tables = {"capability": "stage,place,segment,strength,status\nmining,town,,,actual\n"}
    write(project.roots[0] / "scenarios/dig", tables, title="Dig in the town")
    build(project, tmp_path / "built")

    async def work(service: Service) -> None:
        analysis = await service.analyst.analysis("", Wanted("", place="town", scenario="dig"))
        graph = Graph(open_current(service.folder), project, read_manifest(service.folder).inputs)
        assert analysis == graph.scenario("dig", place="town")
        assert analysis.findings

    served(tmp_path / "built", project, work)
