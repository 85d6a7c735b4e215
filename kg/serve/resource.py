"""What the resources that are read share: forms of an answer, parameters, languages, pages that run nothing."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BadParameter, NotAcceptable
from kg.schema.ontology import Ontology
from kg.serve.negotiation import choose
from kg.serve.service import Service
from kg.view.served import Links, served_policy

HTML = "text/html"


def form_of(name: str, accept: str, offered: Mapping[str, str]) -> tuple[str, str]:
    """The name of a resource without the ending that names a form of it, and the media type that is wanted.

    Args:
        name: the last part of a path, which may end as a file of that form does.
        accept: the header of the request.
        offered: endings by media type, the first of which is given where the client has no wish.

    Raises:
        NotAcceptable: none of those offered is wanted.

    >>> form_of("gaps.csv", "*/*", {"application/json": "json", "text/csv": "csv"})
    ('gaps', 'text/csv')
    """
    before, dot, ending = name.rpartition(".")
    wanted = next((media_type for media_type, known in offered.items() if dot and known == ending), None)
    if wanted is not None:
        return before, wanted
    chosen = choose(accept, list(offered))
    if chosen is None:
        raise NotAcceptable(f"there is no such form. Accept one of {', '.join(offered)}")
    return name, chosen


def written(
    body: str | bytes, media_type: str, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """An answer in one of its forms; pages run nothing and load nothing."""
    sent = {"Vary": "Accept", **(headers or {})}
    if media_type == HTML:
        sent |= {"Content-Security-Policy": served_policy(), "Vary": "Accept, Accept-Language"}
    return Response(body, status, sent, media_type=media_type)


def parameters(request: Request) -> dict[str, str]:
    """The parameters of a request that are not empty, as forms send those that were left out.

    Raises:
        BadParameter: one is given twice.
    """
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise BadParameter(f"{name} is given twice. Separate several values by commas")
        given[name] = value
    return {name: value for name, value in given.items() if value}


def language_of(request: Request) -> str:
    """The language of a page: what the address says, else what the client prefers: en or zh."""
    said = request.query_params.get("lang")
    if said in ("en", "zh"):
        return said
    wishes = [part.split(";")[0].strip().lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((wish[:2] for wish in wishes if wish[:2] in ("en", "zh")), "en")


def links_of(service: Service) -> Links:
    """Where pages are on this server."""
    base = Ontology(service.project).iri.rpartition("/")[0] + "/"
    return Links(base, urlsplit(service.settings.address).path)
