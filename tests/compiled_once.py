"""What every application compiles anew, compiled once a process: most of what a test waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_builders: dict[tuple[object, ...], Any] = {}
_templates: dict[str, bytes] = {}
_compile: Callable[[Rule, bool], Any] = Rule._compile_builder


class _InMemory(BytecodeCache):
    """Templates by name; Jinja itself sees to it that a changed one is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in _templates:
            bucket.bytecode_from_string(_templates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        _templates[bucket.key] = bucket.bytecode_to_string()


def compile_templates_once(app: Flask) -> None:
    app.jinja_env.bytecode_cache = _InMemory()


def compile_routes_once() -> None:
    """A route's address builder follows from its text alone."""
    Rule._compile_builder = _known_builder  # type: ignore[method-assign]


def _known_builder(rule: Rule, append_unknown: bool = True) -> Any:
    defaults = tuple(sorted((rule.defaults or {}).items()))
    known_by = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, defaults, append_unknown)
    if known_by not in _builders:
        _builders[known_by] = _compile(rule, append_unknown)
    return _builders[known_by]
