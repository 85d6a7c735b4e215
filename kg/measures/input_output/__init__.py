"""What industries take from one another."""

__all__: list[str] = []
