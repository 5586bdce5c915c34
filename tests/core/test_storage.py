"""Files are kept in a folder or in a bucket of a real S3 server, and both answer alike."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.storage import BucketStorage, FolderStorage, Storage, open_storage
from tests.bucket import empty_bucket

CONTENT = os.urandom(3_500_000)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with empty_bucket() as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    url = request.getfixturevalue("s3") if request.param == "bucket" else ""
    return open_storage(url, tmp_path)


def test_the_setting_chooses(tmp_path: Path):
    assert isinstance(open_storage("", tmp_path), FolderStorage)
    assert isinstance(open_storage("s3://because", tmp_path), BucketStorage)


def test_what_is_put_comes_back(storage: Storage):
    key = storage.put("reports", CONTENT, "pdf")
    assert key.startswith("reports/")
    assert key.endswith(".pdf")
    assert storage.has(key)
    assert b"".join(storage.open_range(key)) == CONTENT


def test_a_stream_is_kept_too(storage: Storage):
    key = storage.put("imports", io.BytesIO(CONTENT))
    assert b"".join(storage.open_range(key)) == CONTENT


@pytest.mark.parametrize(
    ("start", "length"), [(0, 10), (1_048_570, 20), (3_499_990, 10), (3_499_990, 99), (17, None)]
)
def test_a_range_is_just_that(storage: Storage, start: int, length: int | None):
    key = storage.put("recordings", CONTENT)
    end = None if length is None else start + length
    assert b"".join(storage.open_range(key, start, length)) == CONTENT[start:end]


def test_a_file_that_is_needed_whole_lies_on_this_machine(storage: Storage):
    key = storage.put("imports", CONTENT, "csv")
    assert storage.local_path(key).read_bytes() == CONTENT


def test_what_is_deleted_is_gone_and_may_be_deleted_again(storage: Storage):
    key = storage.put("imports", CONTENT)
    path = storage.local_path(key)
    storage.delete(key)
    storage.delete(key)
    assert not storage.has(key)
    assert not path.exists()


@pytest.mark.parametrize(
    "key", ["../secret_key", "imports/x", "/etc/passwd", "imports/" + "0" * 31]
)
def test_nothing_but_our_own_keys_is_opened(storage: Storage, key: str):
    for act in (storage.has, storage.local_path, storage.delete):
        with pytest.raises(ValueError, match="key"):
            act(key)
