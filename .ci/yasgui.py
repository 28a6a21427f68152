"""Puts the SPARQL editor YASGUI into the package when it is built: `python .ci/yasgui.py`, and a hook of hatchling.

It comes from the npm registry by npm itself, in one version, whose files must have the hashes below. Where that can't
be (no npm, no network) or is not wanted (KG_WITHOUT_YASGUI=1) the package is built without it, and `kg serve` shows a
plain editor of its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "@zazuko/yasgui@4.6.2"
FILES = {
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
}
PLACE = Path("kg/serve/yasgui")
WAIT = 120
"""Seconds for npm."""


def fetch(root: Path) -> str:
    """Puts the files where `kg serve` finds them, unless they are there; why that failed, or nothing."""
    place = root / PLACE
    if all(_is_right(place / name, sha) for name, sha in FILES.items()):
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed; on Debian and Ubuntu: sudo apt install npm"
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", "--fetch-retries=1", PACKAGE]
        try:
            subprocess.run(command, cwd=folder, check=True, timeout=WAIT, stdin=subprocess.DEVNULL, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            return f"npm could not fetch {PACKAGE} ({type(error).__name__})"
        return _unpack(next(Path(folder).glob("*.tgz")), place)


def _unpack(archive: Path, place: Path) -> str:
    with tarfile.open(archive) as packed:
        content = {name: packed.extractfile(f"package/build/{name}").read() for name in FILES}
    for name, sha in FILES.items():
        if hashlib.sha256(content[name]).hexdigest() != sha:
            return f"{name} of {PACKAGE} is not the file that was tried"
    place.mkdir(parents=True, exist_ok=True)
    for name, data in content.items():
        (place / name).write_bytes(data)
    return ""


def _is_right(path: Path, sha: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without the build backend
    BuildHookInterface = object


class Hook(BuildHookInterface):  # type: ignore[misc, valid-type]
    """What hatchling calls; an editable installation is left as it is, so that it needs no network."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is put together."""
        if version == "editable" or os.environ.get("KG_WITHOUT_YASGUI"):
            return
        if wrong := fetch(Path(self.root)):
            self.app.display_warning(f"built without YASGUI: {wrong}")
        elif self.target_name == "wheel":
            build_data["artifacts"] += [f"{PLACE.as_posix()}/{name}" for name in FILES]


if __name__ == "__main__":
    sys.exit(fetch(Path(__file__).parent.parent) or 0)
