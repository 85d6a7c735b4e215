"""Relatedness of industries and complexity of what regions make."""

__all__: list[str] = []
