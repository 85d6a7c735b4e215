"""The questions as the page offers them: header in both languages, text and group of each."""

from __future__ import annotations

from typing import Any

from kg.query.catalogue import Catalogue


def questions(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The questions of a catalogue, for the page's list and its forms; Chinese texts are empty where it has none."""
    return [
        {
            "name": query.name,
            "group": query.group,
            "summary": query.header.summary,
            "summary_zh": query.header.summary_zh,
            "question": query.header.question,
            "question_zh": query.header.question_zh,
            "parameters": [
                {
                    "name": p.name,
                    "type": p.type,
                    "description": p.description,
                    "description_zh": p.description_zh,
                    "required": p.required,
                }
                for p in query.header.parameters
            ],
            "returns": query.header.returns,
            "text": "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")) + "\n",
        }
        for query in catalogue.values()
    ]
