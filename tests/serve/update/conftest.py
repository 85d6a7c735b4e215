"""The server that these tests write to."""

from tests.serve.writing import client, folder, written

__all__ = ["client", "folder", "written"]
