"""Requests that a reader can start from."""

from __future__ import annotations

from collections.abc import Mapping

from mcp import types

from kg.errors import BadParameter, UnknownName

_PROMPTS: dict[str, tuple[str, str, str, str]] = {
    "lacks": (
        "What a place lacks",
        "place",
        "the place, by key, label, alias or code",
        "Which links of its industrial chains does {given} lack? Use the tool analyse with method gaps, then next, for "
        "this place. Tell apart what a document says to be missing, what is planned or recommended, and what is only "
        "not recorded. For each gap name its severity and what it is made of, cite source and section, and say what "
        "would close it.",
    ),
    "who-says-so": (
        "Who says so",
        "thing",
        "the thing, by key, label, alias, code or IRI",
        "What do the sources say about {given}? Use the tool entity. Group the statements by source, cite section and "
        "the words of each passage, and say where sources contradict one another or where the data are known to be "
        "wrong.",
    ),
}


def prompts() -> list[types.Prompt]:
    """The requests that there are."""
    return [
        types.Prompt(
            name=name,
            title=title,
            arguments=[types.PromptArgument(name=argument, description=description, required=True)],
        )
        for name, (title, argument, description, _text) in _PROMPTS.items()
    ]


def prompt(name: str, given: Mapping[str, str]) -> types.GetPromptResult:
    """A request, with what it is about.

    Raises:
        UnknownName: there is none of that name.
        BadParameter: it is not said what it is about.
    """
    if name not in _PROMPTS:
        raise UnknownName("prompt", name, _PROMPTS, f"There are: {', '.join(_PROMPTS)}")
    title, argument, description, text = _PROMPTS[name]
    if not given.get(argument):
        raise BadParameter(f"{argument} is missing ({description}). Give it")
    content = types.TextContent(text=text.format(given=given[argument]))
    return types.GetPromptResult(description=title, messages=[types.PromptMessage(role="user", content=content)])
