"""Write docs/licences.md anew: the licence of each locked package, as the package itself declares it.

To be run where all of requirements-dev.txt is installed. A package that is not here is told of, and gets a "?".
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==[^;\n]*(; [^\\\n]*)?", re.MULTILINE)
LEFT = ("dev", "train")
"""Extras that are left out: the one is not for those who use kg, the other is in no lock."""

LONGEST = 40
"""Characters of a field that is taken for a licence's name, not for its text."""

READ = {
    "resvg-py": "MIT",  # its LICENSE; of what is compiled in, its SBOM names MIT, Apache-2.0, BSD, Zlib and Unicode-3.0
    "owlrl": "W3C-20150513",
}
"""Read in the package, whose metadata don't say it in a word."""


def main() -> int:
    """Puts the tables between the marks of the page."""
    text = PAGE.read_text(encoding="utf-8")
    for name, packages in (("locked", locked()), ("extras", extras())):
        body = "".join(f"| {package} | {licence(package)} |\n" for package in packages)
        table = f"| package | licence |\n| --- | --- |\n{body}"
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\1\n{table}\n\2", text, flags=re.DOTALL)
    PAGE.write_text(text, encoding="utf-8")
    return 0


def locked() -> Iterator[str]:
    """The packages of requirements.txt, but for those that are for other systems."""
    for name, marker in PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        if "emscripten" not in marker and "win32" not in marker:
            yield name


def extras() -> list[str]:
    """What extras ask for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (line for name, lines in project["optional-dependencies"].items() for line in lines if name not in LEFT)
    return sorted({re.split(r"[^\w-]", line)[0] for line in wanted})


def licence(package: str) -> str:
    """What a package declares: an SPDX expression, else its classifiers, else the first line of its field."""
    if package in READ:
        return READ[package]
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        print(f"{package} is not installed here", file=sys.stderr)
        return "?"
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if each.startswith("License")]
    field = (told.get("License") or "").strip().partition("\n")[0]
    return (
        told.get("License-Expression") or (field if 0 < len(field) <= LONGEST else "") or ", ".join(classified) or "?"
    )


if __name__ == "__main__":
    sys.exit(main())
