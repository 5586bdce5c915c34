"""Putting the house together: settings, database, queue, rooms."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import assets, edge, errors, formats, headers, logging
from app.core.db import Database
from app.core.jobs import Queue
from app.core.panels import render_panels
from app.core.storage import open_storage
from app.rooms import import_models, room_modules
from config import ROOT, Settings

login_manager = LoginManager()


def build(settings: Settings) -> Flask:
    logging.configure(settings.log_level)
    app = Flask(
        "app", root_path=str(ROOT / "app"), template_folder="core/templates", static_folder=None
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="because",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        MAX_CONTENT_LENGTH=settings.max_upload_mb << 20,
        MAX_FORM_MEMORY_SIZE=16 << 20,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="en_GB",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["because_settings"] = settings
    app.extensions["because_storage"] = open_storage(settings.storage_url, settings.instance)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    import_models()
    database = Database(settings.database_url)
    app.extensions["because_database"] = database
    app.extensions["because_queue"] = Queue(app, database, settings)

    assets.init_app(app)
    CSRFProtect(app)
    Babel(app)
    login_manager.init_app(app)
    edge.init_app(app)
    errors.init_app(app)
    headers.init_app(app, settings)
    formats.init_app(app)
    app.jinja_env.globals["panels"] = render_panels
    _open_rooms(app)
    return app


def _open_rooms(app: Flask) -> None:
    """Each room says what it brings: a module `room` with `open_room(app)`."""
    for module in room_modules("room"):
        module.open_room(app)
