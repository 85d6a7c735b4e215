"""What a questionnaire was answered, and how far its scales can be relied on."""

__all__: list[str] = []
