from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from kg.cli import app
from tests.merge import foreign


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("commands")
    foreign.write(path, makers=foreign.MAKERS, others=foreign.OTHERS)
    return path


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_merge_writes_a_folder_and_tells_what_next(folder):
    done = run("merge", folder / "makers.ttl", folder / "others.ttl", "-o", folder / "out")
    assert done.exit_code == 0, done.output
    assert "Merged 2 sources" in done.output
    assert (folder / "out" / "merge.md").is_file()


def test_a_dry_run_prints_the_report_and_writes_nothing(folder):
    done = run("merge", folder / "makers.ttl", "--dry-run", "-o", folder / "dry")
    assert done.output.startswith("# What was merged")
    assert not (folder / "dry").exists()


def test_diff_and_unmerge(folder):
    run("merge", folder / "makers.ttl", folder / "others.ttl", "-o", folder / "both")
    run("merge", folder / "makers.ttl", "-o", folder / "alone")
    done = run("diff", folder / "alone", folder / "both")
    assert done.exit_code == 1
    assert "+ Tern 4o · label · Tern 4o" in done.output
    assert run("unmerge", "others", "-o", folder / "both").exit_code == 0
    assert run("diff", folder / "alone", folder / "both").exit_code == 0


def test_merge_tells_of_its_stages_as_json_lines(folder):
    done = run("merge", folder / "makers.ttl", "-o", folder / "logged", "--log-json")
    records = [json.loads(line) for line in done.output.splitlines() if line.startswith("{")]
    assert [record["stage"] for record in records] == ["read", "state", "match", "unite", "name", "write"]
    assert all(record["seconds"] >= 0 for record in records)


def test_merge_without_a_folder_says_so(folder):
    done = run("merge", folder / "makers.ttl")
    assert "name the folder" in str(done.exception)
