"""The process that validates beside a build: N-Quads on standard input, a line of JSON on standard output.

Validation is a third of a build and needs nothing of what the analyses do meanwhile, so that it gets a core of its own.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from kg.errors import KGError, OntologyError, ShapeFaults
from kg.names import Prefixes
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.schema.shapes import check_shapes, shapes_graph, union


class Checker:
    """Checks quads against the shapes of a project; `beside` says whether in a process of its own.

    The process is started when the context is entered, so that it is ready when the quads are.
    """

    def __init__(self, project: Project, prefixes: Prefixes, beside: bool) -> None:
        self.project, self.prefixes, self.beside = project, prefixes, beside
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Checker:
        if self.beside:
            command = [sys.executable, "-m", "kg.schema.validate", *map(str, self.project.roots)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            self._process.kill()
            with self._process:  # closes its pipes and waits for it
                pass

    @contextlib.contextmanager
    def checking(self, quads: bytes) -> Iterator[None]:
        """Validate N-Quads, all in named graphs, while the body runs; the end of the body waits for the result.

        Raises:
            ShapeFaults: the graph violates shapes.
            OntologyError: a file of shapes cannot be read.
        """
        if self._process is None:
            check_shapes(self.project, union(quads), self.prefixes)
            yield
            return
        pipe, self._process.stdin = self._process.stdin, None
        assert pipe is not None
        feeder = threading.Thread(target=_feed, args=(pipe, quads), daemon=True)
        feeder.start()
        yield
        feeder.join()
        out, err = self._process.communicate()
        if self._process.returncode != 0:
            detail = (err.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
            raise OntologyError(f"the shapes could not be checked: {detail}. Check the files changed last")
        answer = json.loads(out)
        if answer["error"]:
            raise OntologyError(answer["error"])
        if answer["violations"]:
            raise ShapeFaults(answer["violations"])


def _feed(pipe: IO[bytes], data: bytes) -> None:
    """Write into a pipe whose reader may end at any time; its exit code tells then."""
    with contextlib.suppress(OSError):
        pipe.write(data)
    with contextlib.suppress(OSError):
        pipe.close()


def main(roots: list[str]) -> None:
    """Validate standard input against the shapes of a project."""
    project = Project(tuple(Path(root) for root in roots))
    answer: dict[str, object] = {"error": None, "violations": []}
    try:
        shapes = shapes_graph(project)
        import pyshacl  # noqa: F401  while the quads are still on their way

        check_shapes(project, union(sys.stdin.buffer.read()), Ontology(project).prefixes, shapes)
    except ShapeFaults as faults:
        answer["violations"] = faults.lines
    except KGError as error:
        answer["error"] = str(error)
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
