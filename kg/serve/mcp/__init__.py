"""The graph as tools and resources of models: the Model Context Protocol."""

from kg.serve.mcp.describing import chosen, tools
from kg.serve.mcp.server import Doors, make_server, serve_http, serve_stdio

__all__ = ["Doors", "chosen", "make_server", "serve_http", "serve_stdio", "tools"]
