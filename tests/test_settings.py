"""Which of option, environment, file and default holds."""

from __future__ import annotations

import tomllib

import pytest

from kg import cli, settings
from kg.errors import KgError


@pytest.fixture
def file(tmp_path):
    """Writes a kg.toml and gives its path."""

    def write(text):
        path = tmp_path / "kg.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_file_and_environment_nothing_is_set(tmp_path):
    assert not any(settings.defaults(tmp_path / "kg.toml", {}).values())


def test_the_file_sets_an_option_of_a_verb(file):
    found = settings.defaults(file('[build]\nthreshold = 0.6\nlexicon = ["a.csv", "b.csv"]\nquiet = true\n'), {})
    assert found["build"] == {"threshold": "0.6", "lexicon": ["a.csv", "b.csv"], "quiet": "true"}


def test_the_environment_goes_before_the_file(file):
    path = file('outputs = "one"\n[serve]\nport = 1\n')
    found = settings.defaults(path, {"KG_OUTPUTS": "two", "KG_SERVE_PORT": "2", "KG_VIEW_EMBED_TEXT": "full"})
    assert found["query"] == {"outputs": "two"}
    assert found["serve"] == {"graph": "two", "port": "2"}
    assert found["view"] == {"embed": "full"}


def test_an_empty_variable_sets_nothing(file):
    assert settings.outputs(file('outputs = "one"'), {"KG_OUTPUTS": ""}) == "one"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("output = 'x'", "'output' can't be set"),
        ("[build]\nport = 1", "'port' can't be set"),
        ("build = 1", "expected [build]"),
        ("[build]\ntitle = 2025-01-01", "is a date"),
        ("= 1", "can't read"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(file, text, fault):
    with pytest.raises(KgError) as told:
        settings.defaults(file(text), {})
    assert fault in str(told.value)


def test_the_template_sets_nothing_and_without_its_marks_sets_everything():
    assert not any(tomllib.loads(settings.template()).values())
    bare = "\n".join(line.removeprefix("#") for line in settings.template().splitlines()[3:])
    assert {verb: set(options) for verb, options in tomllib.loads(bare).items() if verb != "outputs"} == {
        verb: set(options) for verb, options in settings.OPTIONS.items()
    }


def test_every_setting_is_an_option_of_its_verb():
    import typer.main

    verbs = typer.main.get_command(cli.app).commands
    for verb, options in settings.OPTIONS.items():
        known = {item.name: item.opts for item in verbs[verb].params}
        for option, (argument, _, _) in options.items():
            assert f"--{option}" in known[argument]


def test_outputs_holds_for_each_verb_that_has_it():
    import typer.main

    verbs = typer.main.get_command(cli.app).commands
    assert all(argument in {item.name for item in verbs[verb].params} for verb, argument in settings._OUTPUTS.items())


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Calls `kg` in an empty folder; gives code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        monkeypatch.setattr("sys.argv", ["kg", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, *capsys.readouterr()

    return run


def test_init_writes_the_file_once(call, tmp_path):
    assert call("init") == (0, "kg.toml\n", "")
    assert (tmp_path / "kg.toml").read_text(encoding="utf-8") == settings.template()
    code, _, told = call("init")
    assert (code, "--force" in told) == (2, True)
    assert call("init", "--force")[0] == 0


def test_a_call_goes_before_the_environment_and_this_before_the_file(call, monkeypatch, tmp_path):
    (tmp_path / "kg.toml").write_text('outputs = "from-file"', encoding="utf-8")
    assert "from-file" in call("info")[2]
    monkeypatch.setenv("KG_OUTPUTS", "from-environment")
    assert "from-environment" in call("info")[2]
    assert "from-environment" in call("view")[2]
    assert "from-call" in call("info", "-o", "from-call")[2]


def test_of_an_option_the_call_holds_then_the_environment_then_the_file_then_the_default(call, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr("kg.mcp.serve", lambda _folder, seconds: told.append(seconds))
    assert call("mcp")[0] == 0
    (tmp_path / "kg.toml").write_text("[mcp]\ntimeout = 2\n", encoding="utf-8")
    call("mcp")
    monkeypatch.setenv("KG_MCP_TIMEOUT", "3")
    call("mcp")
    call("mcp", "--timeout", "4")
    assert told == [10, 2, 3, 4]


def test_a_value_that_is_none_is_told_in_one_line_wherever_it_stands(call, monkeypatch):
    monkeypatch.setenv("KG_MCP_TIMEOUT", "soon")
    code, _, told = call("mcp")
    assert (code, told.count("\n")) == (2, 1)
    assert "--timeout" in told
