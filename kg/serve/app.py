"""The ASGI application: each module of resources says its own."""

from __future__ import annotations

from starlette.applications import Starlette

from kg.serve import embedding, graph_store, openapi, pages, questions, sparql, things, update
from kg.serve.service import Service

_MODULES = (sparql, update, graph_store, questions, things, embedding, openapi, pages)


def make_app(service: Service) -> Starlette:
    """The application of a service that has been entered."""
    return Starlette(routes=[route for module in _MODULES for route in module.routes(service)])
