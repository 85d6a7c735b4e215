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
    "property": ("property", "属性"),
    "value": ("value", "值"),
    "who": ("who says so", "出处"),
    "findings": ("Findings about it", "与它有关的发现"),
    "issues": ("Faults of the data about it", "与它有关的数据问题"),
    "names": ("Also called", "又称"),
    "more": ("more; all are in the other forms", "条未显示；其他格式给出全部"),
    "derived": ("derived by a rule:", "由规则推出："),
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
    "facts_of_passage": ("Facts that it states", "该段落的陈述"),
}


def texts(language: str) -> dict[str, str]:
    """The texts of pages in a language: en or zh.

    >>> texts("zh")["terms"]
    '术语'
    """
    return {name: both[language == "zh"] for name, both in _TEXTS.items()}
