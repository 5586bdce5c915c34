"""Files that came by a page: kept whole until the import is done, so that no error loses them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.core.storage import Storage
from app.deals.importing import queries
from app.deals.importing.opening import Files, InputFile, Opened, open_deals, open_files
from app.deals.importing.options import Options
from app.deals.models import DealImport
from app.deals.reading.files import FileProblem
from app.deals.reading.headers import header_signature

AREA = "imports"
_ENDINGS = {"csv", "tsv", "txt", "xlsx"}


def keep_files(storage: Storage, uploads: Mapping[str, FileStorage | None]) -> dict[str, Any]:
    """Put what was chosen into storage: kind -> name and key."""
    kept = {}
    for kind, upload in uploads.items():
        if upload is not None and upload.filename:
            name = PurePath(upload.filename.replace("\\", "/")).name[:200]
            ending = name.rsplit(".", 1)[-1].lower()
            key = storage.put(AREA, upload.stream, ending if ending in _ENDINGS else "")  # type: ignore[arg-type]
            kept[kind] = {"name": name, "key": key}
    return kept


def forget_files(storage: Storage, row: DealImport) -> None:
    """They have done their work; those of the command line were never kept."""
    for file in row.files.values():
        if "key" in file:
            storage.delete(file["key"])


def files_of(storage: Storage, row: DealImport) -> Files:
    return {
        kind: InputFile(storage.local_path(file["key"]), file["name"])
        for kind, file in row.files.items()
    }


def open_import(session: Session, storage: Storage, row: DealImport, options: Options) -> Opened:
    """Open and survey the files of an import. Raises FileProblem or BadOption."""
    files = files_of(storage, row)
    for file in files.values():
        if not file.path.exists():
            raise FileProblem(f"{file.name} is no longer on the server. Give it again.")
    signature = header_signature(open_deals(files["deals"]).headers)
    return open_files(
        files,
        options,
        queries.remembered(session, signature),
        queries.known_products(session),
    )
