"""Write into the pages of docs/ what outputs/ answer today; with --check, only say which pages differ.

A block of SPARQL is followed by its answer, and what stands between <!-- NAME --> and <!-- /NAME --> is made by the
function of that name. What comes from the program alone (commands, ontology, Python) is not kept in the file: mkdocs,
which loads this module as a hook, puts it there when it builds the site.
"""

from __future__ import annotations

import argparse
import html
import json
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

import notebook  # noqa: E402 - a script beside this one
import readme  # noqa: E402 - the same
import reference  # noqa: E402 - the same

import kg  # noqa: E402
from kg import terminal, vocab  # noqa: E402
from kg.explain import Explanation, Quote, explain  # noqa: E402
from kg.graph import Graph  # noqa: E402
from kg.query import filled, run  # noqa: E402
from kg.questions import Question, questions  # noqa: E402
from kg.result import Result, shorten  # noqa: E402
from kg.types import Statement  # noqa: E402

OUTPUTS = ROOT / "outputs"
PAGES = tuple(ROOT / "docs" / name for name in ("cookbook.md", "how-a-fact-got-here.md"))
ROWS, WIDTH, QUOTES = 8, 200, 3
STRETCH = re.compile(r"<!-- (?P<name>\w+) -->\n.*?<!-- /(?P=name) -->\n", re.DOTALL)
GLUED = re.compile(r"^(\|.*\n)(?=[^|\n])", re.MULTILINE)
"""The last row of a table with something right below it, which Markdown would take for a row."""
LINK = re.compile(r"(?P<text>\[[^\[\]]*\])\((?P<target>[^)#:\s]+)(?:#[^)\s]*)?\)")


def main() -> int:
    """Renew the pages, or compare them; the exit code is 1 where one differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    differ = False
    for path in PAGES:
        old = path.read_text(encoding="utf-8")
        new = complete(old, FROM_OUTPUTS)
        if new != old:
            differ = True
            print(f"{path.relative_to(ROOT)} says otherwise than outputs/{'' if check else '; now it is renewed'}")
        if not check:
            path.write_text(new, encoding="utf-8")
    return 1 if check and differ else 0


def on_config(config: Any) -> Any:
    """What mkdocs asks for: its settings, with the decisions, and pages that mkdocs.yml doesn't place."""
    docs = ROOT / "docs"
    found = [str(path.relative_to(docs)) for path in sorted(docs.rglob("*.md"))]
    others = [page for page in found if page not in str(config["nav"]) and "/" not in page]
    config["nav"][-1:-1] = others
    config["nav"].append({"Decisions": [page for page in found if page.startswith("decisions/")]})
    return config


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    """What mkdocs asks for: the page with what the program tells, and without links to files that are not in docs/."""
    home = posixpath.dirname(page.file.src_uri)

    def kept(link: re.Match[str]) -> str:
        outside = posixpath.normpath(posixpath.join(home, link["target"])).startswith("..")
        return link["text"][1:-1] if outside else link[0]

    return LINK.sub(kept, complete(markdown, {**reference.MADE, "notebook": notebook.told}))


def complete(text: str, made: Mapping[str, Callable[[], Iterable[str]]]) -> str:
    """The text with all stretches that can be made; with questions answered too, where `made` is from outputs/."""

    def stretch(found: re.Match[str]) -> str:
        name = found["name"]
        body = "\n\n".join(made[name]()) if name in made else ""
        return f"<!-- {name} -->\n\n{body}\n\n<!-- /{name} -->\n" if body else found[0]

    def answered(found: re.Match[str]) -> str:
        return found[0].removesuffix(found["answer"]) + table(run(OUTPUTS, found["sparql"]))

    renewed = readme.QUESTION.sub(answered, text) if made is FROM_OUTPUTS else text
    return GLUED.sub(r"\1\n", STRETCH.sub(stretch, renewed))


# The cookbook


def recipes() -> Iterator[str]:
    """Each question that is known by name: how it is asked, in words and in SPARQL, and what is answered."""
    for item in questions().values():
        given = example(item)
        words = "".join(f' -p {name}="{value}"' for name, value in given.items())
        yield f"### {item.title}\n\n{item.comment}\n\n```sh\nkg query -n {item.name}{words}\n```"
        if item.parameters:
            needed = [" (needed)" if each.needed else "" for each in item.parameters]
            pairs = zip(item.parameters, needed, strict=True)
            yield "\n".join(f"* `-p {each.name}=…`{mark}: {each.help}" for each, mark in pairs)
        body = "\n".join(line for line in item.sparql.splitlines() if not line.startswith("# "))
        yield f'<details markdown="1"><summary>in SPARQL</summary>\n\n~~~sparql\n{body}\n~~~\n\n</details>'
        yield (
            table(run(OUTPUTS, filled(OUTPUTS, item.name, given))).rstrip("\n")
            or "No row: these articles say nothing of it."
        )


def example(item: Question) -> dict[str, str]:
    """Values for what must be given: the things of which most is said."""
    graph = kg.load(OUTPUTS)
    things = sorted(
        (iri for iri in graph.entities if "/id/" in iri and graph.name(iri).isalnum()),
        key=lambda iri: (-len(graph.about(iri)) - len(graph.mentioning(iri)), iri),
    )
    needed = [each.name for each in item.parameters if each.needed]
    return dict(zip(needed, map(graph.name, things), strict=False))


def table(result: Result) -> str:
    """The first rows as a Markdown table, and how many more there are; nothing where there are none."""
    rows = [[cell(shorten(term)) for term in row] for row in result]
    if not rows:
        return ""
    shown = [list(result.variables), ["---"] * len(result.variables), *rows[:ROWS]]
    if (more := len(rows) - ROWS) > 0:
        shown.append([f"*{more} more*", *[""] * (len(result.variables) - 1)])
    return "".join(map(readme.line, shown))


def cell(text: str) -> str:
    """A text, whoever wrote it, as plain words of Markdown, cut where it is long."""
    text = " ".join(text.split())
    text = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
    return re.sub(r"[*`\[\]~]", lambda char: f"&#{ord(char[0])};", html.escape(text, quote=False))


# One statement from characters to page


def statement(graph: Graph) -> Statement:
    """The fact about named things that most articles tell."""
    told = [item for item in graph.relations if item.asserted and str(item.object) in graph.entities]
    return min(told, key=lambda item: (-len({each.document for each in item.evidence}), -len(item.evidence), item.id))


def chosen() -> tuple[Graph, Explanation, Quote]:
    """The statement that the page follows, and the first of its quotes that names both ends."""
    graph = kg.load(OUTPUTS)
    item = statement(graph)
    local = item.predicate.removeprefix(vocab.KG)
    found = next(each for each in explain(graph, item.subject, local, str(item.object)) if each.statement == item)
    return graph, found, next(each for each in found.quotes if each.subject and each.object)


def characters() -> Iterator[str]:
    """The sentence in its document, and the two stretches in it."""
    graph, found, quote = chosen()
    document = graph.documents[quote.document]
    yield f"The statement: **{cell(found.subject)}** *{found.predicate}* **{cell(found.object)}**."
    yield f"Characters {quote.start} to {quote.end} of `{document.name}` are:"
    yield f"> {cell(quote.text)}"
    yield f"SHA-256 of the whole text, as in `documents.jsonl`: `{document.hash}`"


def reading() -> Iterator[str]:
    """What the network read in that sentence, as in annotated.jsonl."""
    _, found, quote = chosen()
    lines = map(json.loads, (OUTPUTS / "annotated.jsonl").read_text(encoding="utf-8").splitlines())
    annotation = next(line for line in lines if line["iri"] == quote.document)
    said = next(
        item
        for item in annotation["statements"]
        if item["predicate"] == found.predicate
        and item["start"] == quote.start
        and item["subject_span"] == ends(quote)[0]
    )
    mentions = [item for item in annotation["mentions"] if [item["start"], item["end"]] in ends(quote)]
    yield fenced("json", "\n".join(json.dumps(item, ensure_ascii=False) for item in (*mentions, said)))


def ends(quote: Quote) -> list[list[int]]:
    """Where the statement's two ends stand, counted from the document's start."""
    return [[quote.start + span.start, quote.start + span.end] for span in (quote.subject, quote.object) if span]


def decisions() -> Iterator[str]:
    """Why what the article mentions are the things of the graph."""
    _, found, quote = chosen()
    things = f"<{found.statement.subject}> <{found.statement.object}>"
    yield table(
        run(
            OUTPUTS,
            "SELECT DISTINCT ?in_the_article ?in_the_graph ?confidence ?reason WHERE { "
            f"VALUES ?in_the_graph {{ {things} }} "
            "?s a kg:Decision ; rdf:subject ?in_the_article ; rdf:predicate owl:sameAs ; rdf:object ?in_the_graph ; "
            "kg:confidence ?confidence ; prov:wasDerivedFrom/kg:reason ?reason . "
            f'FILTER(STRSTARTS(STR(?in_the_article), "{quote.document}#")) }} ORDER BY ?in_the_graph ?in_the_article',
        )
    ).rstrip("\n")


def plain() -> Iterator[str]:
    """The line of graph.ttl."""
    item = chosen()[1].statement
    yield fenced("turtle", f"{shorten(item.subject)} {shorten(item.predicate)} {shorten(item.object)} .")


def nodes() -> Iterator[str]:
    """The statement, and the evidence that the page follows, as graph.trig has them."""
    _, found, quote = chosen()
    one = next(
        item for item in found.statement.evidence if (item.document, item.start) == (quote.document, quote.start)
    )
    for iri in (f"{vocab.BASE}statement/{found.statement.id}", f"{vocab.BASE}evidence/{one.id}"):
        lines = run(OUTPUTS, f"DESCRIBE <{iri}>").to_turtle().splitlines()
        yield fenced("turtle", "\n".join(line for line in lines if line and not line.startswith("@")))


def shown() -> Iterator[str]:
    """What `kg explain` prints of it, the first quotes."""
    _, found, _ = chosen()
    lines = [line.plain for line in terminal.explained([found])]
    more = len(found.quotes) - QUOTES
    lines = [*lines[: QUOTES + 1], *([f"  … and {more} more"] if more > 0 else [])]
    words = " ".join(f'"{name}"' for name in (found.subject, found.predicate, found.object))
    yield fenced("text", "\n".join((f"$ kg explain {words}", *lines)))


def fenced(language: str, text: str) -> str:
    """A block that no line of the text can end."""
    marks = "~" * max(3, *(len(found) + 1 for found in re.findall("~+", text)), 3)
    return f"{marks}{language}\n{text}\n{marks}"


FROM_OUTPUTS: dict[str, Callable[[], Iterable[str]]] = {
    made.__name__: made for made in (recipes, characters, reading, decisions, plain, nodes, shown)
}

if __name__ == "__main__":
    sys.exit(main())
