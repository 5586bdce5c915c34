"""Instants as whole seconds since 1970, worked out by the database: for whoever reads thousands of
them, making a datetime of each would be most of the work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_since_1970(FunctionElement[int]):  # noqa: N801  # named as the functions of SQL are
    """Of one column of instants."""

    type = BigInteger()
    name = "seconds_since_1970"
    inherit_cache = True


@compiles(seconds_since_1970, "sqlite")
def _in_sqlite(element: seconds_since_1970, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(seconds_since_1970, "postgresql")
def _in_postgres(element: seconds_since_1970, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **options)}) AS BIGINT)"
