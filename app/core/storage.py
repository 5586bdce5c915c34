"""Files of the workspace: put, open_range, delete, in a folder of the instance or in a bucket.

A key is '<area>/<random>.<ending>' and never comes from a person.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from obstore.store import S3Store

_KEY = re.compile(r"^[a-z0-9-]+/[0-9a-f]{32}(\.[a-z0-9]{1,8})?$")
_BLOCK = 1 << 20


class Storage(Protocol):
    """Where files are kept. Each method raises ValueError for anything but a key of ours."""

    def put(self, area: str, content: BinaryIO | bytes, ending: str = "") -> str:
        """Keep the content whole or not at all; returns its key."""
        ...

    def has(self, key: str) -> bool: ...

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on, all or `length` of them, in blocks."""
        ...

    def local_path(self, key: str) -> Path:
        """The whole file on this machine, for what must jump about in it; it may be missing."""
        ...

    def delete(self, key: str) -> None:
        """Also where it is gone already."""
        ...


class FolderStorage:
    """A local folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, area: str, content: BinaryIO | bytes, ending: str = "") -> str:
        key = _new_key(area, ending)
        _write_whole(self.local_path(key), _blocks(content))
        return key

    def has(self, key: str) -> bool:
        return self.local_path(key).is_file()

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        with self.local_path(key).open("rb") as file:
            file.seek(start)
            left = length
            while block := file.read(_BLOCK if left is None else min(_BLOCK, left)):
                yield block
                if left is not None:
                    left -= len(block)

    def local_path(self, key: str) -> Path:
        return self._folder / _checked(key)

    def delete(self, key: str) -> None:
        self.local_path(key).unlink(missing_ok=True)


class BucketStorage:
    """A bucket of S3 or of anything that speaks it. `copies` is a local folder for files that are
    needed whole on this machine."""

    def __init__(self, url: str, copies: Path) -> None:
        self._url = url
        self._copies = copies
        self._opened: S3Store | None = None

    @property
    def _bucket(self) -> S3Store:
        # Opened with the first file: the library need not be loaded for pages without any.
        if self._opened is None:
            self._opened = _open_bucket(self._url)
        return self._opened

    def put(self, area: str, content: BinaryIO | bytes, ending: str = "") -> str:
        import obstore

        key = _new_key(area, ending)
        obstore.put(self._bucket, key, content)
        return key

    def has(self, key: str) -> bool:
        return self._size(_checked(key)) is not None

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        import obstore

        size = self._size(_checked(key))
        if size is None:
            raise FileNotFoundError(key)
        end = size if length is None else min(size, start + length)
        for place in range(start, end, _BLOCK):
            block = obstore.get_range(self._bucket, key, start=place, end=min(place + _BLOCK, end))
            yield bytes(block)

    def local_path(self, key: str) -> Path:
        path = self._copies / _checked(key)
        if not path.exists() and self.has(key):
            _write_whole(path, self.open_range(key))
        return path

    def delete(self, key: str) -> None:
        import obstore

        (self._copies / _checked(key)).unlink(missing_ok=True)
        obstore.delete(self._bucket, key)

    def _size(self, key: str) -> int | None:
        import obstore

        try:
            return obstore.head(self._bucket, key)["size"]
        except FileNotFoundError:
            return None


def open_storage(url: str, instance: Path) -> Storage:
    """The bucket that `url` names, or without one a folder of the instance."""
    if url:
        return BucketStorage(url, instance / "copies")
    return FolderStorage(instance / "files")


def _open_bucket(url: str) -> S3Store:
    """Of s3://bucket/folder?endpoint=...&region=...; the keys come from the environment, or from
    the machine's own role."""
    from obstore.store import S3Store

    parts = urlsplit(url)
    query = parse_qs(parts.query)
    endpoint = query.get("endpoint", [""])[0]
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        endpoint=endpoint or None,
        region=query.get("region", ["us-east-1"])[0],
        virtual_hosted_style_request=not endpoint,
        client_options={"allow_http": endpoint.startswith("http://")},
    )


def _new_key(area: str, ending: str) -> str:
    suffix = f".{ending}" if ending else ""
    return _checked(f"{area}/{uuid.uuid4().hex}{suffix}")


def _checked(key: str) -> str:
    if not _KEY.match(key):
        raise ValueError("not a storage key")
    return key


def _blocks(content: BinaryIO | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while block := content.read(_BLOCK):
        yield block


def _write_whole(path: Path, blocks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    with part.open("wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
