"""Every page of figures as a file: the same tables, narrowed alike, as CSV and for Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Response, send_file
from sqlalchemy.orm import Session

from app.analytics.few import is_kept_back
from app.analytics.routes.blueprint import blueprint
from app.analytics.routes.shown import Shown, read_shown
from app.core.access import NotFound, Viewer, guarded, viewer
from app.core.edge import current_session
from app.core.spreadsheets import Sheet, csv_lines, workbook

#: Makes the tables of one page of figures.
Tables = Callable[[Session, Viewer, Shown], Sequence[Sheet]]
_pages: dict[str, Tables] = {}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def tables_of(page: str) -> Callable[[Tables], Tables]:
    """Offer a page's tables as files under this name."""

    def register(make: Tables) -> Tables:
        _pages[page] = make
        return make

    return register


@blueprint.get("/files/<page>.<any(csv, xlsx):kind>")
@guarded("analytics.view")
def as_file(page: str, kind: str) -> Any:
    """All tables of a page: in a workbook a sheet each, in CSV one below the other."""
    make = _pages.get(page)
    if make is None:
        raise NotFound
    session, shown = current_session(), read_shown()
    if is_kept_back(session, viewer(), shown.window, shown.filters):
        raise NotFound
    sheets = make(session, viewer(), shown)
    name = f"{page}-{shown.window.latest.token}.{kind}"
    if kind == "xlsx":
        file = workbook(sheets)
        return send_file(file, mimetype=_XLSX, as_attachment=True, download_name=name)
    return Response(
        "".join(_below_one_another(sheets)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _below_one_another(sheets: Sequence[Sheet]) -> Iterator[str]:
    for number, sheet in enumerate(sheets):
        lines = "".join(csv_lines([sheet.name], [[], sheet.columns, *sheet.rows]))
        yield lines if number == 0 else "\r\n" + lines.removeprefix("\ufeff")
