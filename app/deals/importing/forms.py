"""The files of an import, as they are given by a page."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form

_TABLES = ".csv,.tsv,.txt,.xlsx"


def _file(label: str, *validators: object, hint: str) -> FileField:
    return FileField(
        label,
        list(validators),
        description=hint,
        render_kw={"accept": _TABLES},
    )


class FilesForm(Form):
    """All but the deals may be left out."""

    deals = _file(
        "Deals",
        FileRequired("Choose the file of deals: CSV or Excel (.xlsx)."),
        hint="CSV or Excel, as the CRM exports it: choose it, or drag it here.",
    )
    accounts = _file("Accounts (optional)", hint="For segment, industry, region and size.")
    contacts = _file("Contacts (optional)", hint="For e-mail addresses and job titles.")
    links = _file(
        "Who took part in which deal (optional)",
        hint="Pairs of a deal’s ID and a contact’s ID, if the deals do not name their contacts.",
    )


class MoreFilesForm(FilesForm):
    """To replace a file, or to add one."""

    deals = _file("Deals", hint="Leave this empty to keep the file.")
