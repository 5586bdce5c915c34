"""The entries of the side navigation: each room registers its own, the layout prints them."""

from dataclasses import dataclass
from typing import Literal

from flask import Flask, request, url_for
from flask_login import current_user

Group = Literal["work", "insight", "house", "account"]
GROUP_LABELS: dict[Group, str] = {
    "work": "",
    "insight": "What buyers say",
    "house": "Workspace",
    "account": "",
}


@dataclass(frozen=True)
class Entry:
    """A place one can go to: shown to whoever holds `permission` (None: everybody signed in).

    `key` follows `g` on the keyboard. A `post` entry is an act (signing out), not a place.
    """

    label: str
    endpoint: str
    permission: str | None
    order: int
    key: str | None = None
    group: Group = "work"
    post: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as the layout prints it."""

    label: str
    url: str
    key: str | None
    group: Group
    current: bool
    post: bool


@dataclass(frozen=True)
class Section:
    """The links of one group, under its heading; what is seldom needed is folded away."""

    label: str
    links: list[Link]
    folds: bool = False

    @property
    def current(self) -> bool:
        return any(link.current for link in self.links)


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry; one label stands once, and a keyboard key leads to one place."""
    for other in _entries.values():
        if entry.key and other.key == entry.key and other.label != entry.label:
            raise ValueError(f"'g {entry.key}' already leads to {other.label}.")
    _entries[entry.label] = entry


def registered() -> list[Entry]:
    return list(_entries.values())


def navigation() -> list[Link]:
    """The links the person signed in may follow, in order, the present place marked."""
    if not current_user.is_authenticated:
        return []
    visible = [e for e in _entries.values() if not e.permission or current_user.may(e.permission)]
    visible.sort(key=lambda entry: (list(GROUP_LABELS).index(entry.group), entry.order))
    urls = {entry.label: url_for(entry.endpoint) for entry in visible}
    here = _closest(list(urls.values()), request.path)
    return [
        Link(e.label, urls[e.label], e.key, e.group, urls[e.label] == here and not e.post, e.post)
        for e in visible
    ]


def sections(links: list[Link]) -> list[Section]:
    """The links by group, in the groups' order; the account's own stand apart."""
    groups: list[Group] = [group for group in GROUP_LABELS if group != "account"]
    by_group = [
        Section(GROUP_LABELS[g], [link for link in links if link.group == g], g == "house")
        for g in groups
    ]
    return [section for section in by_group if section.links]


def account(links: list[Link]) -> Section:
    """What concerns the person signed in alone, under their name."""
    own = [link for link in links if link.group == "account"]
    return Section(current_user.name, own, folds=True)


def _closest(urls: list[str], path: str) -> str | None:
    """The longest address that `path` lies at or below; the start page only for itself."""
    above = [
        url
        for url in urls
        if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
    ]
    return max(above, key=len, default=None)


def here(**changes: object) -> str:
    """The present address with some of its query changed; None takes a parameter away."""
    query: dict[str, object] = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.args.lists()
        if name not in changes
    }
    query.update({name: value for name, value in changes.items() if value is not None})
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **query})


def init_app(app: Flask) -> None:
    """Give the templates `navigation()`, its sections, and `here(...)`."""
    app.jinja_env.globals.update(
        navigation=navigation, navigation_sections=sections, navigation_account=account, here=here
    )
