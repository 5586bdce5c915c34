"""What the buyer's pages bring to the application."""

from __future__ import annotations

from flask import Flask

from app.buyer import jobs as jobs  # registers its job
from app.buyer.incoming import register_reader
from app.buyer.panels import register_panels


def open_room(app: Flask) -> None:
    from app.buyer.routes import blueprint, links, replies

    # A buyer has no session that a foreign page could use: the address itself is the proof.
    app.extensions["csrf"].exempt(blueprint)
    register_panels()
    register_reader()
    app.register_blueprint(blueprint)
    app.register_blueprint(links)
    app.register_blueprint(replies)
