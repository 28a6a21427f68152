"""The package holds what it needs, its doors open, and its locks agree with what it declares."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(
    r"^([a-z0-9][a-z0-9-]*)==(\S+)(?: ; [^\\]+)? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?$)+)", re.MULTILINE
)


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=root,
        check=True,
        capture_output=True,
        env={**os.environ, "KG_WITHOUT_YASGUI": "1"},  # it would ask npm for the editor
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def pins(root, lock):
    return {name: version for name, version, _ in PIN.findall((root / lock).read_text(encoding="utf-8"))}


def declared(project, lock):
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return wanted + (project["project"]["optional-dependencies"]["dev"] if "dev" in lock else [])


def test_the_wheel_holds_every_tracked_file_of_the_package_and_the_ontology(root, wheel):
    tracked = subprocess.run(
        ["git", "ls-files", "kg"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split()
    assert set(tracked) | {"kg/ontology.ttl"} <= set(wheel.namelist())


def test_the_wheel_holds_nothing_but_the_package_and_its_description(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}
    assert any(name.endswith("/licenses/LICENSE") for name in wheel.namelist())
    assert any(name.endswith("/licenses/NOTICE") for name in wheel.namelist())


def test_the_ontology_in_the_wheel_is_the_one_at_the_top(root, wheel):
    assert wheel.read("kg/ontology.ttl") == (root / "ontology.ttl").read_bytes()


@pytest.mark.parametrize("group", ["kg.readers", "spacy_factories", "console_scripts"])
def test_every_door_opens(project, group):
    known = project["project"]["scripts"] if group == "console_scripts" else project["project"]["entry-points"][group]
    for name, value in known.items():
        assert callable(importlib.metadata.EntryPoint(name, value, group).load())


def test_the_readers_that_the_project_declares_are_those_built_in(project):
    from kg.readers import BUILT_IN

    assert project["project"]["entry-points"]["kg.readers"] == BUILT_IN


def test_every_component_of_the_pipeline_has_its_door(project):
    from kg.nlp.pipeline import NAMES

    assert set(project["project"]["entry-points"]["spacy_factories"]) == set(NAMES)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_hashes_or_says_who_wants_it(root, lock):
    text = (root / lock).read_text(encoding="utf-8")
    assert PIN.sub("", text).replace("\n", "") == "".join(re.findall(r"    # .*", text))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_folder(root, lock):
    text = (root / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|@|--(?!hash=)|\.whl|(?<!\w)/", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_what_the_project_declares(root, project, lock):
    pinned = pins(root, lock)
    for requirement in map(Requirement, declared(project, lock)):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_both_locks_agree(root):
    run, dev = (pins(root, lock) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_the_container_is_made_of_files_that_are_there_and_of_locked_packages(root):
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    allowed = set(re.findall(r"^!(.+)$", (root / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(copied) == allowed
    assert all((root / name).exists() for name in copied)
    assert "--require-hashes --requirement requirements.txt" in text
