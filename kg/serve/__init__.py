"""The graph over HTTP and MCP. What comes from outside is answered by workers that can be killed."""
