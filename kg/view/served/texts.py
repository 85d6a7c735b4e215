"""What the pages say, in both languages."""

from __future__ import annotations

_TEXTS: dict[str, tuple[str, str]] = {
    "pages": ("Pages", "页面"),
    "explorer": ("Explorer", "图谱浏览器"),
    "questions": ("Questions", "问题"),
    "terms": ("Terms", "术语"),
    "report": ("Report", "报告"),
    "ask": ("Ask", "提问"),
    "required": ("required", "必填"),
    "rows": ("rows", "行"),
    "row": ("row", "行"),
    "not_shown": ("not shown; the other forms have all", "未显示；其他格式给出全部"),
    "nothing": ("The graph answers nothing.", "图谱中没有答案。"),
    "as": ("The same as", "其他格式"),
    "facts": ("What is said of it", "关于它的陈述"),
    "pointing": ("What speaks of it", "提及它的陈述"),
    "reading_thing": (
        "How to read this: a row is a fact; beside it stands who says so: the source, its section and words by which "
        "the place is found. A passage leads to all that it states.",
        "读法：每一行是一条事实，旁边是其出处：来源、章节和定位词句。点击段落可查看它陈述的全部内容。",
    ),
    "reading_question": (
        "How to read this: a row is one answer; a name leads to all that is said of it, a source with its section to "
        "the passage that says so.",
        "读法：每一行是一个答案；点击名称可查看关于它的全部陈述，点击来源与章节可查看其出处段落。",
    ),
    "reading_passage": (
        "How to read this: a row is a fact that is said at this place of the source.",
        "读法：每一行是来源在此处陈述的一条事实。",
    ),
    "reading_rule": (
        "How to read this: a row is a fact that no source states and that follows from others.",
        "读法：每一行是一条由其他事实推得、未见于任何来源的事实。",
    ),
    "reading_reference": (
        "How to read this: a row is a fact of reference data, which no document states.",
        "读法：每一行是参考数据中的一条事实，并非文献所述。",
    ),
    "reading_source": (
        "How to read this: a row is a place of the source that facts are taken from; its words lead to them.",
        "读法：每一行是来源中的一处，图谱由此取得事实；点击词句可查看这些事实。",
    ),
    "thing": ("thing", "事物"),
    "source": ("source", "来源"),
    "property": ("property", "属性"),
    "value": ("value", "值"),
    "who": ("who says so", "出处"),
    "findings": ("Findings about it", "与它有关的发现"),
    "issues": ("Faults of the data about it", "与它有关的数据问题"),
    "names": ("Also called", "又称"),
    "more": ("more; all are in the other forms", "条未显示；其他格式给出全部"),
    "derived": ("derived by a rule:", "由规则推出："),
    "found": ("found by the analyses", "由分析得出"),
    "reference": ("reference:", "参考数据："),
    "ontology": ("the ontology", "本体"),
    "in_explorer": ("Show it in the explorer", "在图谱浏览器中查看"),
    "other_language": ("中文", "English"),
    "passages": ("Passages", "段落"),
    "section": ("section", "章节"),
    "words": ("words by which it is found", "定位词句"),
    "severity": ("severity", "严重程度"),
    "definition": ("definition", "定义"),
    "term": ("term", "术语"),
    "english": ("English", "英文"),
    "chinese": ("Chinese", "中文"),
    "question": ("question", "问题"),
    "parameters": ("parameters", "参数"),
    "corrected": ("corrected to", "更正为"),
    "graph": ("The graph", "图谱"),
    "too_large": (
        "The explorer cannot be shown: the graph may be too large for one page. It can be asked here:",
        "无法显示图谱浏览器：图谱可能过大，无法放入一个页面。可在此提问：",
    ),
    "facts_of_graph": ("Facts", "事实"),
    "facts_of_passage": ("Facts that it states", "该段落的陈述"),
}


def texts(language: str) -> dict[str, str]:
    """The texts of pages in a language: en or zh.

    >>> texts("zh")["terms"]
    '术语'
    """
    return {name: both[language == "zh"] for name, both in _TEXTS.items()}
