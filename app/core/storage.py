"""Files of the workspace: put, open_range, delete, in a folder of the instance."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_KEY = re.compile(r"^[a-z0-9-]+/[0-9a-f]{32}(\.[a-z0-9]{1,8})?$")
_BLOCK = 1 << 20


class Storage:
    """A local folder. A key is '<area>/<random>.<ending>' and never comes from a person."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, area: str, content: BinaryIO | bytes, ending: str = "") -> str:
        """Keep the content whole or not at all; returns its key."""
        suffix = f".{ending}" if ending else ""
        key = f"{area}/{uuid.uuid4().hex}{suffix}"
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                while block := content.read(_BLOCK):
                    file.write(block)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        return key

    def open_range(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        with self.path(key).open("rb") as file:
            file.seek(start)
            left = length
            while block := file.read(_BLOCK if left is None else min(_BLOCK, left)):
                yield block
                if left is not None:
                    left -= len(block)

    def path(self, key: str) -> Path:
        """Where the file lies. Raises ValueError for anything but a key of ours."""
        if not _KEY.match(key):
            raise ValueError("not a storage key")
        return self._folder / key

    def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)
