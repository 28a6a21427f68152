"""What `kg` finds of what it needs on this machine: packages, model, browser; and what is missing for what."""

from __future__ import annotations

import dataclasses
import json
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

PACKAGE = "ai-industry-kg"
OLDEST = (3, 11)
EXTRAS = {
    "parquet": "kg export -f parquet",
    "png": "kg view --format png",
    "fetch": "kg fetch",
    "sources": "reading PDF and web archives",
    "dask": "annotating on several machines",
    "mcp": "kg mcp",
    "docs": "make docs",
    "train": "training on documents of your own",
}
"""What an extra of the package is for, where that isn't told by its name."""

_HERE = Path(__file__).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox", "safari", "xdg-open", "open")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*(?:;.*extra == ['\"](?P<extra>[\w-]+)['\"])?")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """Whether something is there.

    `found` is a version or place, "" where it is missing; `purpose` what it is for, and `remedy` how to get it. What
    is not `needed` can be missing without harm to the rest.
    """

    name: str
    found: str
    purpose: str
    remedy: str
    needed: bool = True


def examine() -> tuple[Finding, ...]:
    """All findings: Python, the packages that are always needed, the model, then what some verbs alone ask for."""
    python = platform.python_version() if sys.version_info >= OLDEST else ""
    return (
        Finding("Python", python, "everything", "install Python 3.11 or newer"),
        *_packages(),
        _model(),
        Finding("ontology", _ontology(), "everything", "install the package again"),
        Finding(
            "SPARQL editor", _editor(), "the editor of kg serve; a plain one does without", "make editor", needed=False
        ),
        Finding("browser", _browser(), "kg view --open, kg serve --open", "install Chromium or Firefox", needed=False),
    )


def well(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing is missing that is always needed."""
    return all(item.found for item in findings if item.needed)


def lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    """For people: what is there, and of what is missing what it is for and how to get it."""
    for item in findings:
        if item.found:
            yield f"ok       {item.name}: {item.found}"
        else:
            yield f"{'MISSING' if item.needed else 'without'}  {item.name}, for {item.purpose}: {item.remedy}"


def _packages() -> Iterator[Finding]:
    """A finding for each package that is always needed, and one for each extra."""
    try:
        required = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        yield Finding(PACKAGE, "", "knowing what else is needed", "pip install -e .")
        return
    extras: dict[str, list[str]] = {}
    for line in required:
        found = _REQUIREMENT.match(line)
        if found and found["extra"]:
            extras.setdefault(found["extra"], []).append(found["name"])
        elif found:
            name = found["name"]
            yield Finding(name, _version(name), "everything", f"pip install {name}")
    for extra, names in sorted(extras.items()):
        if extra == "dev":
            continue
        versions = [_version(name) for name in names]
        told = ", ".join(f"{name} {version}" for name, version in zip(names, versions, strict=True))
        purpose, remedy = EXTRAS.get(extra, extra), f"pip install '{PACKAGE}[{extra}]'"
        yield Finding(f"extra {extra}", told if all(versions) else "", purpose, remedy, needed=False)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _model() -> Finding:
    folder = _HERE / "model"
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        size = sum(path.stat().st_size for path in folder.rglob("*.onnx"))
        found = f"{meta['lang']}_{meta['name']} {meta['version']}, {size / 1e6:.0f} MB" if size else ""
    except (OSError, ValueError, KeyError):
        found = ""
    return Finding("model", found, "kg build, annotate and evaluate", "make model, or install the package again")


def _ontology() -> str:
    return next((path.name for path in (_HERE / "ontology.ttl", _HERE.parent / "ontology.ttl") if path.is_file()), "")


def _editor() -> str:
    return "YASGUI" if (_HERE / "serve" / "yasgui").is_dir() else ""


def _browser() -> str:
    return next((name for name in _BROWSERS if shutil.which(name)), "")
