"""Parts of the OpenAPI description, for the modules of resources that describe their own paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

REFUSED = {
    "400": "a parameter is missing, given twice, or of the wrong type",
    "401": "the token is missing or wrong",
    "403": "nothing can be written here, or not from that page",
    "404": "there is no such resource, question or thing; the nearest names are told",
    "406": "there is no form that the request accepts",
    "412": "the graph is not as the request has it",
    "413": "the request or the answer is larger than it may be",
    "415": "a body of this type is not read",
    "503": "it takes too long or too much memory, or too many wait; Retry-After says when to ask again",
}
"""What a refusal means by its status; each is a response of the components."""

ASKED = ("400", "404", "406", "413", "503")
"""How a question may be refused."""

TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "description": "a problem document (RFC 9457)",
    "required": ["status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, and what to do"},
    },
}


def components(write: bool) -> dict[str, Any]:
    """What the paths refer to.

    Args:
        write: whether the server takes a token.
    """
    found: dict[str, Any] = {"schemas": {"Problem": _PROBLEM}, "responses": {key: _problem(key) for key in REFUSED}}
    return found | ({"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}} if write else {})


def answers(
    said: str, forms: Iterable[str], refused: Iterable[str] = (), also: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The responses of an operation.

    Args:
        said: what comes back.
        forms: its media types.
        refused: statuses of refusals.
        also: what other statuses say, which have no body.
    """
    found: dict[str, Any] = {"200": {"description": said, "content": {form: {"schema": {}} for form in forms}}}
    found |= {status: {"description": told} for status, told in (also or {}).items()}
    return found | refusals(refused)


def operation(name: str, tag: str, summary: str, said: str, responses: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An operation, which answers a question in words."""
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "description": said,
        "responses": responses,
        **more,
    }


def refusals(statuses: Iterable[str] = ASKED) -> dict[str, dict[str, str]]:
    """References to responses by their statuses."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def in_path(name: str, said: str) -> dict[str, Any]:
    """A parameter that is part of a path."""
    return {"name": name, "in": "path", "required": True, "description": said, "schema": TEXT}


def in_query(name: str, said: str, **schema: Any) -> dict[str, Any]:
    """A parameter that may stand behind a path; a text, unless its schema is given."""
    return {"name": name, "in": "query", "description": said, "schema": schema or TEXT}


def in_header(name: str, said: str) -> dict[str, Any]:
    """A header that a request may have."""
    return {"name": name, "in": "header", "description": said, "schema": TEXT}


def _problem(status: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": REFUSED[status], "content": {"application/problem+json": {"schema": schema}}}
