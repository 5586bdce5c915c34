"""A bucket of a server that speaks S3, for what keeps files in one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto.server import ThreadedMotoServer

from tests.house.running import free_port


@contextmanager
def empty_bucket() -> Iterator[str]:
    """Its address as STORAGE_URL takes it; the keys are in the environment."""
    import boto3

    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        endpoint = f"http://127.0.0.1:{port}"
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(
            Bucket="because"
        )
        yield f"s3://because/files?endpoint={endpoint}"
    server.stop()
