"""A disk that is full, or that nobody may write to: one clear line, and the outputs stay as they were."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess

import pytest

from kg import deciding, writers
from kg.build import forget, run
from kg.errors import KgError
from kg.merge import merge
from tests import fake


@pytest.fixture
def disk(tmp_path):
    """A disk of its own of 200 kB, and how to write-protect it; only where this is permitted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting is not permitted here")
    yield place, lambda: subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    subprocess.run(["umount", place], check=True)


@pytest.fixture
def built(disk, tmp_path, monkeypatch):
    """Outputs on that disk, and articles that have no room there."""
    monkeypatch.setattr(writers, "_page", lambda *_: contextlib.nullcontext(["<page>"]))
    for name, size in {"small": 1, "large": 40}.items():
        (tmp_path / name).mkdir()
        for number in range(size):
            text = "\n".join(f"Acme{number} met Brill{other} at Corro" for other in range(size))
            (tmp_path / name / f"{number}.txt").write_text(text)
    run(tmp_path / "small", output=disk[0] / "out", model=fake.Reads())
    return disk[0] / "out", tmp_path / "large"


def files(folder):
    found = {path.name: path for path in folder.iterdir() if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if name[0] != "."}


def test_on_a_full_disk_each_verb_says_so_and_the_old_outputs_stay(built, tmp_path):
    folder, large = built
    before = files(folder)
    stated = "\n".join(
        f'<http://e/{n}> <http://schema.org/name> "N{n}"; a <http://schema.org/Thing> .' for n in range(2000)
    )
    (tmp_path / "foreign.ttl").write_text(stated)
    for attempt in (
        lambda: run(large, output=folder, model=fake.Reads()),
        lambda: merge([folder, tmp_path / "foreign.ttl"], output=folder),
    ):
        with pytest.raises(
            KgError, match=r"^can't write to .*/out: (No space left on device|database or disk is full); mend"
        ):
            attempt()
        assert files(folder) == before
        assert not [path.name for path in folder.glob(".new*")]


def test_where_nothing_may_be_written_each_verb_says_so(built, disk):
    folder, large = built
    before = files(folder)
    disk[1]()
    for attempt in (
        lambda: run(large, output=folder, model=fake.Reads()),
        lambda: run(large, output=folder.parent / "new", model=fake.Reads()),
        lambda: merge([folder], output=folder),
        lambda: deciding.merge(folder, "Acme0", "Brill0"),
        lambda: forget(folder, "0"),
    ):
        with pytest.raises(KgError, match=r"^can't write to .*: Read-only file system; mend that or choose another"):
            attempt()
        assert files(folder) == before
