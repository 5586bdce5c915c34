"""The pages of guides: reading them, writing a draft, publishing it, comparing versions."""

from app.guides.routes import drafts, linting, outline, parts, publishing, reading
from app.guides.routes.blueprint import blueprint

__all__ = ["blueprint", "drafts", "linting", "outline", "parts", "publishing", "reading"]
