"""The process that validates beside a build: N-Triples on standard input, a line of JSON on standard output.

Validation is a third of a build and needs nothing of what the analyses do meanwhile, so that it gets a core of its own.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KGError, OntologyError, ShapeFaults
from kg.names import Prefixes
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.schema.shapes import check_shapes

SMALL = 1_000_000
"""Below so many bytes it is quicker to validate at once than to start a process."""


@contextlib.contextmanager
def validating(project: Project, triples: bytes, prefixes: Prefixes) -> Iterator[None]:
    """Validate N-Triples while the body runs; the end of the body waits for the result.

    Raises:
        ShapeFaults: the graph violates shapes.
        OntologyError: a file of shapes cannot be read.
    """
    if len(triples) < SMALL:
        check_shapes(project, triples, prefixes)
        yield
        return
    command = [sys.executable, "-m", "kg.schema.validate", *map(str, project.roots)]
    with tempfile.TemporaryFile() as data:
        data.write(triples)
        data.seek(0)
        with subprocess.Popen(
            command, stdin=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield
                out, err = process.communicate()
            except BaseException:
                process.kill()
                raise
    if process.returncode != 0:
        detail = (err.strip().splitlines() or ["no message"])[-1]
        raise OntologyError(f"the shapes could not be checked: {detail}. Check the files changed last")
    answer = json.loads(out)
    if answer["error"]:
        raise OntologyError(answer["error"])
    if answer["violations"]:
        raise ShapeFaults(answer["violations"])


def main(roots: list[str]) -> None:
    """Validate standard input against the shapes of a project."""
    project = Project(tuple(Path(root) for root in roots))
    answer: dict[str, object] = {"error": None, "violations": []}
    try:
        check_shapes(project, sys.stdin.buffer.read(), Ontology(project).prefixes)
    except ShapeFaults as faults:
        answer["violations"] = faults.lines
    except KGError as error:
        answer["error"] = str(error)
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
