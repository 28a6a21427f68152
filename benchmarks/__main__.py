"""All measurements in turn: python -m benchmarks."""

from __future__ import annotations

import subprocess
import sys

for part in ("quality", "speed"):
    print(f"== benchmarks.{part}", flush=True)
    if code := subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode:
        sys.exit(code)
