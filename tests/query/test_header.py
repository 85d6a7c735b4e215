"""What a query file says of itself, and every way in which it can be malformed."""

from __future__ import annotations

import pytest

from kg.errors import QueryFileError
from kg.query.header import Header, Parameter, read_header

GOOD = """#+ summary: Stages of a chain
#+ question: Which stages?
#+ parameters:
#+   - {name: chain, type: chain, description: the chain}
#+   - {name: city, type: place|actor, description: where, required: false}
#+ returns:
#+   stage: the stage
#+ tags: [report, chains]
#+ picture: gaps
# an ordinary comment: with a colon
SELECT * { VALUES ?chain { chain:x } }
"""


def test_a_header_is_read() -> None:
    assert read_header(GOOD, "x.rq") == Header(
        summary="Stages of a chain",
        question="Which stages?",
        parameters=(
            Parameter("chain", "chain", "the chain"),
            Parameter("city", "place|actor", "where", required=False),
        ),
        returns={"stage": "the stage"},
        tags=("report", "chains"),
        picture="gaps",
    )


CHINESE = """#+ summary: Stages of a chain
#+ summary_zh: "链: 环节"
#+ question: Which stages?
#+ question_zh: 有哪些环节？
#+ parameters:
#+   - {name: chain, type: chain, description: the chain,
#+     description_zh: 链，含其变体, required: false}
#+   - {name: city, type: place, description: where, description_zh: }
ASK {}
"""


def test_a_header_may_be_in_chinese_too() -> None:
    header = read_header(CHINESE, "x.rq")
    assert (header.summary_zh, header.question_zh) == ("链: 环节", "有哪些环节？")
    assert [parameter.description_zh for parameter in header.parameters] == ["链，含其变体", ""]
    assert [parameter.required for parameter in header.parameters] == [False, True]
    assert read_header(GOOD, "x.rq").summary_zh == read_header(GOOD, "x.rq").parameters[0].description_zh == ""


def test_a_parameter_knows_its_kinds() -> None:
    chain, city = read_header(GOOD, "x.rq").parameters
    assert (chain.kinds, city.kinds) == (("chain",), ("place", "actor"))
    assert Parameter("n", "integer", "").kinds == ()


def test_a_summary_is_enough() -> None:
    assert read_header("#+ summary: A\nASK {}", "x.rq") == Header("A")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "no summary"),
        ("# summary: A", "no summary"),
        ("#+ question: A", "no summary"),
        ("#+ summary:", "no summary"),
        ("#+ just text", "no summary"),
        ("#+ - summary", "no summary"),
        ("#+ summary: A: B", "not YAML at header line 1"),
        ("#+ summary: A\n#+ question: [", "not YAML"),
        ("#+ summary: A\n#+   question: B", "not YAML"),
        ("#+\tsummary: A", "not YAML at header line 1"),
        ("#+ summary: 2024-02-30", "not YAML"),
        ("#+ summary: A\n#+ question: " + "[" * 5000, "not YAML"),
        ("#+ summary: A\n#+ question: !!python/object/apply:os.system ['true']", "not YAML"),
        ("#+ summary: A\n#+ parametres: []", "unknown key parametres"),
        ("#+ summary: A\n#+ 3: B", "unknown key 3"),
        ("#+ summary: A\n#+ summary_zh: [甲]", "summary_zh is not a text"),
        ("#+ summary: A\n#+ question_zh: 5", "question_zh is not a text"),
        (
            "#+ summary: A\n#+ parameters: [{name: a, type: b, description: c, description_zh: 5}]",
            "description_zh of a parameter is not a text",
        ),
        ("#+ summary: A\n#+ parameters: 5", "parameters is not a list"),
        ("#+ summary: A\n#+ parameters: {name: a}", "parameters is not a list"),
        ("#+ summary: A\n#+ parameters: [a]", "a parameter needs name, type and description"),
        ("#+ summary: A\n#+ parameters: [{name: a, type: b}]", "a parameter needs name, type and description"),
        (
            "#+ summary: A\n#+ parameters: [{name: a, type: b, description: c, defualt: d}]",
            "unknown key defualt in a parameter",
        ),
        ("#+ summary: A\n#+ parameters: [{name: a b, type: place, description: c}]", "'a b' is no name of a variable"),
        (
            "#+ summary: A\n#+ parameters: [{name: 'a.*', type: place, description: c}]",
            "'a.*' is no name of a variable",
        ),
        ("#+ summary: A\n#+ parameters: [{name: a, type: 'x y', description: c}]", "'x y' is no type"),
        ("#+ summary: A\n#+ parameters: [{name: a, type: '', description: c}]", "'' is no type"),
        (
            "#+ summary: A\n#+ parameters: [{name: a, type: b, description: c, required: 'no'}]",
            "required is true or false",
        ),
        (
            "#+ summary: A\n#+ parameters:\n" + "#+   - {name: a, type: b, description: c}\n" * 2,
            "two parameters are called a",
        ),
        ("#+ summary: A\n#+ returns: [stage]", "returns is not a map"),
        ("#+ summary: A\n#+ returns: stage", "returns is not a map"),
        ("#+ summary: A\n#+ tags: report", "tags is not a list"),
        ("#+ summary: A\n#+ tags: {report: true}", "tags is not a list"),
    ],
    ids=lambda text: text[-30:],
)
def test_a_malformed_header_is_refused_by_the_name_of_its_file(header: str, message: str) -> None:
    with pytest.raises(QueryFileError) as raised:
        read_header(header + "\nSELECT * {}", "queries/own/x.rq")
    text = str(raised.value)
    assert text.startswith("queries/own/x.rq: ")
    assert message in text
    assert len(text.split(". ")) > 1
