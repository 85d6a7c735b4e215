"""Small pages about one question, thing or finding, and the frames that carry them into other pages."""

from kg.view.fragments.render import Page, finding_page, framed, framed_at, question_page, thing_page
from kg.view.fragments.said import Said, said
from kg.view.fragments.settings import Settings

__all__ = ["Page", "Said", "Settings", "finding_page", "framed", "framed_at", "question_page", "said", "thing_page"]
