"""Where the real data lies, and the reason to skip where it does not."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def realdata() -> Path:
    folder = Path(os.environ.get("BECAUSE_REALDATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder}: set BECAUSE_REALDATA to its folder")
    return folder
