"""The shipped pipeline loads quickly, and is what spaCy itself would load."""

import subprocess
import sys

import spacy

from kg.nlp.pipeline import SHIPPED, load

COMMANDS = """
import sys
from kg.nlp.pipeline import load
load()
print({"typer", "weasel", "requests", "httpx"} & set(sys.modules))
import spacy
print(spacy.cli.download.__name__, spacy.info(silent=True)["spacy_version"] == spacy.__version__)
import spacy.cli.train
from spacy.cli import app
print(app.info.name, callable(spacy.cli.train.train_cli))
"""


def test_spacys_command_line_is_loaded_when_asked_for_and_not_before() -> None:
    """Reading imports neither typer nor what fetches from the web; whoever uses spacy.cli finds it in its place."""
    done = subprocess.run([sys.executable, "-c", COMMANDS], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["set()", "download True", "spacy True"]


def test_words_are_those_that_spacy_loads() -> None:
    """The rules read into an empty tokenizer are all there; the pipeline says so, and saves, as spaCy's own does."""
    ours, theirs = load(), spacy.load(SHIPPED)
    assert ours.tokenizer.to_bytes() == theirs.tokenizer.to_bytes()
    assert ours.config.to_str() == theirs.config.to_str()
    text = "Dr. O'Neil's firm, e.g. X., didn't raise $150m. (see https://a.example/b?c=1) 10km :-) U.S.A.-based"
    assert [t.text for t in ours.make_doc(text)] == [t.text for t in theirs.make_doc(text)]
    assert [t.norm_ for t in ours.make_doc(text)] == [t.norm_ for t in theirs.make_doc(text)]
