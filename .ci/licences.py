"""Fails when a dependency's licence is unknown or not one that we may ship beside Apache-2.0 code.

Reads what the installed packages say of themselves: the SPDX expression where there is one, else
the classifiers, else a short licence field.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions

# Permissive, or copyleft that stays within the library's own files.
ALLOWED = {
    # SPDX
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC"),
    *("PSF-2.0", "Python-2.0", "Zlib", "HPND", "CC0-1.0", "Unlicense", "OFL-1.1"),
    *("MPL-2.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"),
    # Classifiers and what stands in older licence fields
    *("MIT License", "BSD License", "BSD", "2-clause BSD", "Apache Software License"),
    *("Apache License 2.0", "Python Software Foundation License", "ISC License (ISCL)"),
    *("zlib/libpng License", "The Unlicense (Unlicense)", "Mozilla Public License 2.0 (MPL 2.0)"),
    "Historical Permission Notice and Disclaimer (HPND)",
    "GNU Lesser General Public License v3 (LGPLv3)",
    "GNU Lesser General Public License v3 or later (LGPLv3+)",
}

# Packages whose own words do not settle it, each with what a person found.
READ_BY_A_PERSON = {
    "huey": "MIT, by the LICENSE file in its repository; the package's metadata is silent.",
    "pyphen": "GPL 2+, LGPL 2.1+ or MPL 1.1, whichever one takes (its LICENSE); we take MPL.",
    "regex": "Apache 2.0; what it took from CPython is under CNRI's licence, which is permissive.",
    "tqdm": "MPL 2.0 and, for its beginnings, MIT.",
}

_LONGEST_NAME = 60


def licences(package: Distribution) -> list[list[str]]:
    """What the package says of itself: alternatives, each a list of licences that all apply."""
    if expression := _first(package, "License-Expression"):
        return [alternative.split(" AND ") for alternative in expression.split(" OR ")]
    classifiers = [
        line.split(" :: ")[-1]
        for line in package.metadata.get_all("Classifier", [])
        if line.startswith("License :: ") and not line.endswith(":: OSI Approved")
    ]
    if classifiers:
        return [classifiers]
    field = _first(package, "License").strip()
    # Some put the licence's whole text there.
    return [[field]] if field and len(field) <= _LONGEST_NAME else []


def _first(package: Distribution, field: str) -> str:
    return str((package.metadata.get_all(field) or [""])[0])


def main() -> int:
    packages = sorted(distributions(), key=lambda package: package.name.lower())
    refused = 0
    for package in packages:
        found = licences(package)
        if package.name in READ_BY_A_PERSON:
            continue
        if not any(set(alternative) <= ALLOWED for alternative in found):
            refused += 1
            said = " or ".join(" and ".join(alternative) for alternative in found)
            print(f"{package.name} {package.version}: {said or 'says nothing'}")
    if refused:
        print(f"{refused} licences are neither in ALLOWED nor in READ_BY_A_PERSON ({__file__}).")
        return 1
    print(f"{len(packages)} packages, every licence allowed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
