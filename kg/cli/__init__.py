"""The command `kg`: one module for each group of commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import io
import sys

import typer

from kg.cli import analyses, ask, build, check, docs, embed, mcp, measure, serve, view
from kg.errors import KGError

app = typer.Typer(
    name="kg",
    help="Regional industry as a knowledge graph: missing links of chains, duplication, universities and industries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (build, check, ask, view, embed, analyses, measure, serve, mcp, docs):
    module.register(app)


def main() -> None:
    """Run a command; an error of ours is one message on standard error and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe that cannot show every letter gets escapes
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KGError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("kg: stopped", file=sys.stderr)
        sys.exit(130)
