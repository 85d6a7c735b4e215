"""The OpenAPI description of all resources, made from what each module says of its own."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

import kg
from kg.serve.operations import answers, components, operation
from kg.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:
    """The description."""
    made: dict[str, dict[str, Any]] = {}

    async def described(_request: Request) -> Response:
        generation = service.pool.generation
        if generation not in made:
            found = await run_in_threadpool(description, service)
            made.clear()
            made[generation] = found
        return JSONResponse(made[generation], headers={"Cache-Control": "no-cache"})

    return [Route("/openapi.json", described)]


def describe(service: Service) -> dict[str, Any]:  # noqa: ARG001
    """The path of the description itself."""
    found = answers("the description", ["application/json"])
    return {"/openapi.json": {"get": operation("openapi", "server", "This description", "What is there?", found)}}


def description(service: Service) -> dict[str, Any]:
    """The OpenAPI 3.1 description of a service, as JSON has it; to be called in a thread."""
    from kg.serve import app

    paths = {path: methods for module in app.MODULES for path, methods in module.describe(service).items()}
    tags = dict.fromkeys(query.group for query in service.graph().queries.values())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "iis-kg",
            "summary": "A knowledge graph of regional industry, and the questions that it answers",
            "description": "Each question of the catalogue is a resource. Things may be given by key, label, alias, "
            "code or IRI, several with commas. A path may end in .json, .csv and the like instead of an Accept header.",
            "version": kg.__version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": service.settings.address.rstrip("/") or "/"}],
        "tags": [{"name": tag} for tag in (*tags, "things", "sparql", "pages", "server")],
        "paths": paths,
        "components": components(bool(service.settings.token)),
    }
