"""What every reading verb takes: --json, --quiet, NO_COLOR; and what shells complete."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys

import pytest

from kg import annotating, cli
from tests import gold

builds = importlib.import_module("kg.build")

FILE = "mixed-1.txt"
ASK = "ASK { id:sora a kg:Model }"
# Of each verb the words of a call, "OUTPUTS" for the folder; what it ends with as it is, and what with --quiet.
CALLS = {
    "query": (["query", ASK, "-o", "OUTPUTS"], 0, 0),
    "query, no": (["query", "ASK { id:sora a kg:Event }", "-o", "OUTPUTS"], 0, 1),
    "query --list": (["query", "--list"], 0, 0),
    "info": (["info", "-o", "OUTPUTS"], 0, 0),
    "explain": (["explain", "Sora", "developer", "-o", "OUTPUTS"], 0, 0),
    "why, one": (["why", "Sora", "id:sora", "-o", "OUTPUTS"], 0, 0),
    "why, two": (["why", "Sora", "OpenAI", "-o", "OUTPUTS"], 0, 1),
    "match": (["match", "PAIRS"], 0, 0),
    "validate": (["validate", "RIGHT"], 0, 0),
    "validate, wrong": (["validate", "WRONG"], 1, 1),
    "diff, same": (["diff", "OUTPUTS", "OUTPUTS"], 0, 0),
    "diff, other": (["diff", "OUTPUTS", "OTHER"], 1, 1),
    "doctor": (["doctor"], 0, 0),
    "version": (["version"], 0, 0),
    "evaluate": (["evaluate", "GOLD", "--system", "OUTPUTS/annotated.jsonl"], 0, 0),
    "annotate": (["annotate", "ARTICLE"], 0, 0),
}


@pytest.fixture(scope="module")
def places(outputs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    (folder / "pairs.tsv").write_text("name_a\tname_b\nGPT-4\tGPT-4o\n", encoding="utf-8")
    (folder / "right.nt").write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n", encoding="utf-8")
    (folder / "wrong.nt").write_text("<a> <b> <c> .\n", encoding="utf-8")
    document = gold.annotations(FILE)[0].document
    (folder / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
    other = shutil.copytree(outputs, folder / "other")
    lines = (other / "graph.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (other / "graph.jsonl").write_text("".join(lines[1:]), encoding="utf-8")
    files = {
        "PAIRS": "pairs.tsv",
        "RIGHT": "right.nt",
        "WRONG": "wrong.nt",
        "ARTICLE": f"{document.name}.txt",
        "OTHER": "other",
    }
    return {"OUTPUTS": outputs, "GOLD": gold.FOLDER / FILE} | {name: folder / file for name, file in files.items()}


@pytest.fixture
def call(monkeypatch, capsys, places):
    """Calls a verb in this process, reading with the annotation by hand; gives code, output and errors."""
    known = annotating.reader(gold.annotate(FILE))
    monkeypatch.setattr(builds, "reader", lambda _model: known)

    def run(words, *options):
        filled = [re.sub("[A-Z]{4,}", lambda found: str(places.get(found[0], found[0])), word) for word in words]
        monkeypatch.setattr(sys, "argv", ["kg", *filled, *options])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, *capsys.readouterr()

    return run


@pytest.mark.parametrize("name", CALLS)
def test_json_is_json_and_ends_as_without(call, name):
    words, code, _ = CALLS[name]
    found, out, err = call(words, "--json")
    assert (found, err) == (code, "")
    for text in out.splitlines() if name == "annotate" else [out]:
        json.loads(text)


@pytest.mark.parametrize("name", CALLS)
def test_quiet_prints_nothing_and_tells_by_its_code(call, name):
    words, _, code = CALLS[name]
    assert call(words, "--quiet") == (code, "", "")
    assert call(words, "-q", "--json") == (code, "", "")


@pytest.mark.parametrize("name", CALLS)
def test_no_color_is_heeded_where_colour_is_forced(call, monkeypatch, name):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    words, code, _ = CALLS[name]
    found, out, _ = call(words)
    assert found == code
    assert not re.search(r"\x1b\[[\d;]*\b(?:3\d|4\d|9\d|10\d)[\d;]*m", out)


def test_colour_can_be_forced_or_the_test_above_tells_nothing(call, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert re.search(r"\x1b\[1;3\dm", call(CALLS["explain"][0])[1])


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("kg vali", ["validate"]),
        ("kg query --ev", ["--evidence"]),
        ("kg query --name mak", ["makers"]),
        ("kg export --format json", ["jsonld", "jsonl"]),
    ],
)
def test_bash_completes_verbs_options_and_what_is_known(words, completed, root, tmp_path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    kg = tmp_path / "kg"
    kg.write_text(f'#!{bash}\nexec {sys.executable} -m kg "$@"\n', encoding="utf-8")
    kg.chmod(0o755)
    script = (
        f'eval "$(_KG_COMPLETE=source_bash {kg})"; COMP_WORDS=({words}); COMP_CWORD={len(words.split()) - 1}; '
        f'_kg_completion {kg}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run([bash, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == sorted(completed)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_three_shells_get_a_script(monkeypatch, capsys, shell):
    monkeypatch.setenv("_KG_COMPLETE", f"source_{shell}")
    monkeypatch.setattr(sys, "argv", ["kg"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 0
    assert "_KG_COMPLETE=complete_" in capsys.readouterr().out
