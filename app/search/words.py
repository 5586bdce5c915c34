"""The plain words for what was found."""

from __future__ import annotations

from app.search.models import Kind

KINDS = {
    Kind.QUOTE: "Quotes",
    Kind.ANSWER: "Answers",
    Kind.SEGMENT: "Transcripts",
    Kind.NOTE: "Your own notes",
    Kind.DEAL: "Deals",
    Kind.PERSON: "People",
}
