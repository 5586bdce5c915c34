"""The pages of a buyer, and ours about their link. Importing this registers all of them."""

from app.buyer.routes import words, writing
from app.buyer.routes.blueprint import blueprint
from app.buyer.routes.links import blueprint as links
from app.buyer.routes.replies import blueprint as replies

__all__ = ["blueprint", "links", "replies", "words", "writing"]
