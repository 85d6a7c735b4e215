"""A made-up graph of the shape of those that `kg build` makes, of any size: every fact in a passage of a source.

Provinces, cities and zones; industries; chains with stages that feed one another; enterprises, universities and their
programmes; who performs which stage, what is lacked, what industries a place has, figures, problems, recommendations.
Names are made up in English and Chinese. The same seed gives the same graph.

    python -m benchmarks.synthetic --quads 200000 -o build/synthetic

writes a store that every command takes with `--store`.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from kg.load.rules import run_rules
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.store import folder
from kg.store.oxigraph import OxigraphStore

IIS, ID, SOURCE = "https://w3id.org/iis-kg/ontology#", "https://w3id.org/iis-kg/id/", "https://w3id.org/iis-kg/source/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
OA, XSD = "http://www.w3.org/ns/oa#", "http://www.w3.org/2001/XMLSchema#"

FIRST = ("Ning", "Hua", "Long", "Jin", "An", "Rui", "Tai", "Xin", "Guang", "Yun", "Ping", "Cheng", "Dong", "Bei", "Yu")
SECOND = ("shan", "he", "feng", "yuan", "chuan", "cheng", "hai", "jiang", "ling", "tai", "xing", "men", "zhou", "du")
HAN = "宁华龙金安瑞泰信广云平成东北玉山河丰源川城海江岭台兴门州都明德康达盛鑫科联创恒宏远通"
GOODS = ("alloys", "machine tools", "batteries", "sensors", "herbal medicine", "fertiliser", "ceramics", "displays")
GOODS_ZH = ("合金", "机床", "电池", "传感器", "中药", "化肥", "陶瓷", "显示器件")
ASPECTS = ("high-end", "low-end", "mid-range")


Homes = dict[str, tuple[list[str], list[str]]]
"""The stages and industries that are usual in a place."""


class Made:
    """Quads as lines of N-Quads, each fact in the passage that was begun last."""

    def __init__(self, seed: int, sources: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.sources = [f"synthetic-{number:03}" for number in range(sources)]
        self._passages = itertools.count()
        self._facts = 0
        self.graph = ""
        for number, name in enumerate(self.sources):
            iri = f"{SOURCE}{name}"
            for predicate, value in (
                (RDF_TYPE, f"<{IIS}Source>"),
                (LABEL, f'"Made-up report {number + 1}"@en'),
                ("<http://purl.org/dc/terms/title>", f'"Made-up report {number + 1}"'),
                ("<http://purl.org/dc/terms/date>", f'"{2010 + number % 15}"'),
                ("<http://purl.org/dc/terms/license>", '"CC0"'),
            ):
                self.lines.append(f"<{iri}> {predicate} {value} <{iri}> .")

    def passage(self) -> None:
        """Begin a passage of some source."""
        number, source = next(self._passages), self.random.choice(self.sources)
        self._facts = 0
        self.graph = f"<{SOURCE}{source}#words-{number}>"
        selector = f"<{SOURCE}{source}#words-{number}.selector>"
        about = f"<{SOURCE}{source}>"
        self.lines += [
            f"{self.graph} {RDF_TYPE} <{IIS}Passage> {about} .",
            f"{self.graph} {RDF_TYPE} <{OA}SpecificResource> {about} .",
            f'{self.graph} <{IIS}section> "{number % 40 // 8 + 1}.{number % 8 + 1}" {about} .',
            f"{self.graph} <{OA}hasSource> {about} {about} .",
            f"{self.graph} <{OA}hasSelector> {selector} {about} .",
            f"{selector} {RDF_TYPE} <{OA}TextQuoteSelector> {about} .",
            f'{selector} <{OA}exact> "the words numbered {number}" {about} .',
        ]

    def thing(self, kind: str, key: str, class_: str, english: str, chinese: str = "", **facts: str | list[str]) -> str:
        """State a thing and what is said of it: compact names such as `place:x`, or terms as N-Triples has them."""
        if not self.graph or self._facts >= 30:
            self.passage()
        subject = f"{kind}:{key}"
        self.say(subject, "type", f"<{IIS}{class_}>")
        self.say(subject, "label", f'"{english}"@en')
        if chinese:
            self.say(subject, "label", f'"{chinese}"@zh')
        for name, values in facts.items():
            for value in [values] if isinstance(values, str) else values:
                self.say(subject, name, value)
        return subject

    def say(self, subject: str, name: str, value: str) -> None:
        """State a fact."""
        predicate = {"type": RDF_TYPE, "label": LABEL}.get(name, f"<{IIS}{name}>")
        self.lines.append(f"{_iri(subject)} {predicate} {_iri(value)} {self.graph} .")
        self._facts += 1

    def name(self, number: int) -> tuple[str, str]:
        """A name in English and Chinese that no other number has."""
        english = FIRST[number % len(FIRST)] + SECOND[number // len(FIRST) % len(SECOND)]
        high = number // (len(FIRST) * len(SECOND))
        han = HAN[number % len(HAN)] + HAN[number // len(HAN) % len(HAN)]
        return (f"{english} {high}" if high else english), f"{han}{high}" if high else han


def _iri(value: str) -> str:
    if value[0] in '<"':
        return value
    kind, _, key = value.partition(":")
    return f"<{ID}{kind}/{key}>"


def _decimal(number: float) -> str:
    return f'"{number}"^^<{XSD}decimal>'


def made(quads: int, nodes: int, seed: int = 1) -> list[str]:
    """Lines of about so many quads about so many things that are drawn."""
    graph = Made(seed, max(5, min(200, quads // 5_000)))
    pick = graph.random
    cities = max(12, nodes // 60)
    places = list(_places(graph, cities))
    industries = [_industry(graph, number) for number in range(max(8, nodes // 200))]
    stages = [s for number in range(max(4, nodes // 700)) for s in _chain(graph, number, industries)]
    fields = [_field(graph, number, industries) for number in range(max(5, nodes // 400))]
    problems = [_problem(graph, number, places, industries) for number in range(nodes // 25)]
    for number in range(nodes // 25):
        name = f"Recommendation {number + 1}"
        graph.thing(
            "recommendation",
            f"r{number}",
            "Recommendation",
            name,
            f"建议{number + 1}",
            concerns=pick.choice(places),
            addresses=pick.choice(problems),
            status="concept:recommended",
        )
    drawn = cities + cities // 12 + len(industries) + len(stages) + len(fields) + 2 * (nodes // 25)
    for number in range(max(1, nodes // 100)):
        _university(graph, number, places, fields)
    home: Homes = {}
    for number in range(max(0, nodes - drawn - nodes // 100)):
        _enterprise(graph, number, pick.choice(places), industries, stages, home)
    for number in range(2 * len(places)):
        _regional(graph, number, pick.choice(places), pick.choice(industries))
    for number in range(len(places)):
        place, stage = pick.choice(places), pick.choice(stages)
        graph.thing(
            "lack",
            f"l{number}",
            "Lack",
            f"Lack {number + 1}",
            lackOf=place,
            inPlace=place,
            lacks=stage,
            degree=f"concept:{pick.choice(('missing', 'insufficient'))}",
        )
    number = 0
    while len(graph.lines) < quads:
        graph.thing(
            "observation",
            f"o{number}",
            "Observation",
            f"Output {number + 1}",
            subject=pick.choice(places),
            measure="measure:output-value",
            value=_decimal(round(pick.lognormvariate(4, 1), 2)),
            period=f'"{2005 + number % 20}"',
            unit="unit:one",
            status="concept:actual",
        )
        number += 1
    return graph.lines


def _places(graph: Made, cities: int) -> Iterator[str]:
    pick = graph.random
    provinces = []
    for number in range(max(3, cities // 12)):
        english, chinese = graph.name(number * 7)
        provinces.append(graph.thing("place", f"province-{number}", "Province", f"{english} Province", f"{chinese}省"))
    for number in range(cities):
        english, chinese = graph.name(number)
        yield graph.thing(
            "place",
            f"city-{number}",
            "City",
            english,
            f"{chinese}市",
            within=pick.choice(provinces),
            latitude=_decimal(round(pick.uniform(22, 45), 4)),
            longitude=_decimal(round(pick.uniform(98, 122), 4)),
        )


def _industry(graph: Made, number: int) -> str:
    english, chinese = graph.name(number * 3)
    kind = number % len(GOODS)
    return graph.thing(
        "industry", f"i{number}", "Industry", f"{english} {GOODS[kind]}", f"{chinese}{GOODS_ZH[kind]}产业"
    )


def _chain(graph: Made, number: int, industries: list[str]) -> Iterator[str]:
    english, chinese = graph.name(number * 5 + 1)
    chain = graph.thing(
        "chain",
        f"c{number}",
        "IndustryChain",
        f"{english} chain",
        f"{chinese}产业链",
        inIndustry=industries[number % len(industries)],
    )
    count = graph.random.randint(6, 12)
    for order in range(count):
        facts: dict[str, str] = {"nodeOf": chain, "order": f'"{order + 1}"^^<{XSD}integer>'}
        if order + 1 < count:
            facts["feeds"] = f"stage:c{number}-{order + 1}"
        name, han = f"{english} stage {order + 1}", f"{chinese}环节{order + 1}"
        yield graph.thing("stage", f"c{number}-{order}", "Stage", name, han, **facts)


def _field(graph: Made, number: int, industries: list[str]) -> str:
    english, chinese = graph.name(number * 11)
    serves = sorted(set(graph.random.choices(industries, k=2)))
    return graph.thing("field", f"f{number}", "FieldOfStudy", f"{english} studies", f"{chinese}学", serves=serves)


def _problem(graph: Made, number: int, places: list[str], industries: list[str]) -> str:
    afflicted = [graph.random.choice(places), graph.random.choice(industries)]
    return graph.thing(
        "problem", f"p{number}", "Problem", f"Problem {number + 1}", f"问题{number + 1}", afflicts=afflicted
    )


def _university(graph: Made, number: int, places: list[str], fields: list[str]) -> None:
    english, chinese = graph.name(number * 13)
    place = graph.random.choice(places)
    university = graph.thing(
        "actor", f"u{number}", "University", f"{english} University", f"{chinese}大学", inPlace=place
    )
    for field in sorted(set(graph.random.choices(fields, k=3))):
        key = f"u{number}-{field.partition(':')[2]}"
        graph.thing(
            "programme",
            key,
            "Programme",
            f"Programme {key}",
            offeredBy=university,
            inPlace=place,
            ofField=field,
            provision="concept:present",
        )


def _enterprise(
    graph: Made,
    number: int,
    place: str,
    industries: list[str],
    stages: list[str],
    home: dict[str, tuple[list[str], list[str]]],
) -> None:
    """An enterprise of a city, which mostly does what others there do."""
    pick = graph.random
    usual, trades = home.setdefault(place, (pick.sample(stages, min(4, len(stages))), pick.sample(industries, 3)))
    english, chinese = graph.name(number)
    actor = graph.thing(
        "actor",
        f"e{number}",
        "Enterprise",
        f"{english} Works {number}",
        f"{chinese}公司{number}",
        inPlace=place,
        inIndustry=pick.choice(trades if pick.random() < 0.8 else industries),
    )
    if pick.random() < 0.25:
        stage = pick.choice(usual) if pick.random() < 0.8 else pick.choice(stages)
        status = "actual" if pick.random() < 0.85 else "planned"
        graph.thing(
            "capability",
            f"e{number}",
            "Capability",
            f"Capability {number}",
            performedBy=actor,
            inPlace=place,
            performs=stage,
            status=f"concept:{status}",
            segment=f"concept:{pick.choice(ASPECTS)}",
        )


def _regional(graph: Made, number: int, place: str, industry: str) -> None:
    status = graph.random.choice(("actual", "actual", "planned"))
    graph.thing(
        "regional-industry",
        f"g{number}",
        "RegionalIndustry",
        f"Industry {number} of a place",
        inPlace=place,
        inIndustry=industry,
        status=f"concept:{status}",
    )


def synthetic(quads: int, nodes: int | None = None, seed: int = 1) -> OxigraphStore:
    """A graph in memory of about so many quads, what rules derive and the ontology with them.

    Args:
        quads: how many in all.
        nodes: how many things are drawn, by default a twelfth.
        seed: another gives another graph.
    """
    project = Project.find()
    base = OxigraphStore.memory()
    ontology = Ontology(project).load(base)
    nodes = nodes or quads // 12
    derived = 1_100 + int(1.6 * nodes)  # what the rules add, mostly classes and what lies within what
    lines = made(max(1_000, quads - ontology - derived), nodes, seed)
    store = OxigraphStore.of_lines([*base.nquads(), *lines])
    run_rules(project, store)
    return store


def main() -> None:
    """Write a graph as a store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=200_000)
    parser.add_argument("--nodes", type=int, default=None, help="things that are drawn [default: a twelfth]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, default=Path("build/synthetic"))
    given = parser.parse_args()
    store = synthetic(given.quads, given.nodes, given.seed)
    lines = list(store.nquads())
    with folder.exclusive(given.output):
        folder.publish(given.output, lines, {"quads": len(lines)})
    print(f"{given.output}: {len(lines):,} quads")


if __name__ == "__main__":
    main()
