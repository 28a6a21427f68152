"""The command `kg`: one short function a verb, and the only place that prints or ends the process."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kg.errors import KgError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.build import Build, Progress
    from kg.graph import Graph

NONE_READ, INVALID, TROUBLE, STOPPED = 1, 1, 2, 130
"""Exit codes: nothing could be read; something is not valid; a wrong call or a KgError; Ctrl-C."""

# Without rich's markup help takes a third of the time: it is asked for more often than it is admired.
app = typer.Typer(
    help="Reads articles about the AI industry, offline, into a knowledge graph in which every statement leads back.",
    epilog="Begin with: kg build seeds/ and then: kg view --open",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Outputs = Annotated[Path, typer.Option("--outputs", "-o", help="The folder that `kg build` filled.")]
Model = Annotated[Path | None, typer.Option("--model", "-m", help="Another spaCy pipeline than the shipped one.")]
DEFAULT = Path("outputs")


@app.command(epilog="Examples:  kg build seeds/   ·   kg build a.txt b.html -o mine   ·   cat a.txt | kg build -")
def build(
    paths: Annotated[list[str], typer.Argument(help="Articles: files (txt, md, html, jsonl), folders, - for stdin.")],
    outputs: Annotated[Path, typer.Option("--outputs", "-o", help="The folder to fill.")] = DEFAULT,
    model: Model = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out what is less sure than this; 0.35 if not given.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The heading of the page.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Read articles and write their graph.

    The folder gets the graph as Turtle, TriG and JSON Lines, a page to look at, and a report. What was there stays
    whole until all of it is written. Ends with 0 if some article was read, with 1 if none: then nothing is written.
    """
    from kg.build import THRESHOLD, run

    start, limit = time.perf_counter(), THRESHOLD if threshold is None else threshold
    with _progress(quiet=quiet) as progress:
        done = run(paths, output=outputs, model=model, threshold=limit, title=title, progress=progress)
    for item in done.skipped:
        _warn(f"skipped {item.path}: {item.reason}")
    if not done.annotations:
        _warn("no article could be read, so nothing was written; give files of type txt, md, html or jsonl")
        raise typer.Exit(NONE_READ)
    if not quiet:
        _tell(done, outputs, time.perf_counter() - start)


@app.command(epilog='Examples:  kg query -n makers -p maker=OpenAI   ·   kg query "SELECT * { ?s kg:developer ?o }"')
def query(
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL 1.1 query; the prefixes are known.")] = None,
    file: Annotated[str | None, typer.Option("--file", "-f", help="A file that holds it, - for stdin.")] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="A question that is known by name.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="Its parameter: maker=OpenAI.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the questions that are known by name.")] = False,
    form: Annotated[str | None, typer.Option("--format", help="table, csv, tsv, json, xml or turtle.")] = None,
    outputs: Outputs = DEFAULT,
    timeout: Annotated[float | None, typer.Option(min=0, help="Give up after so many seconds.")] = None,
) -> None:
    """Ask the graph in SPARQL.

    The answer is a table on a terminal and CSV elsewhere. CONSTRUCT and DESCRIBE give Turtle.
    """
    from kg.query import ask, run

    if listed:
        typer.echo("\n".join(_known_questions()))
        return
    if [sparql, file, name].count(None) != 2:  # noqa: PLR2004 - one of the three
        raise KgError("expected one query: as an argument, in a file with -f, or a question's name with -n")
    if name is not None:
        result = ask(outputs, name, _pairs(param or []), timeout=timeout)
    else:
        result = run(outputs, _text(file) if file is not None else sparql or "", timeout=timeout)
    form = form or ("turtle" if result.kind == "graph" else "table" if sys.stdout.isatty() else "csv")
    makers = {name: getattr(result, f"to_{name}") for name in ("table", "csv", "tsv", "json", "xml", "turtle")}
    if form not in makers:
        raise KgError(f"unknown format {form!r}; choose one of {', '.join(makers)}")
    if form == "table" and sys.stdout.isatty():
        from kg import terminal

        _console().print(terminal.answer(result))
    else:
        typer.echo(makers[form]().removesuffix("\n"))


@app.command(epilog="Examples:  kg export -f jsonld -o graph.jsonld   ·   kg export outputs -f csv > table.csv")
def export(
    outputs: Annotated[Path, typer.Argument(help="The folder that `kg build` filled.")] = DEFAULT,
    form: Annotated[str, typer.Option("--format", "-f", help="One of those above.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; else stdout.")] = None,
    rdf12: Annotated[bool, typer.Option("--rdf12", help="Statements as reifiers of RDF 1.2: trig, nt, nq.")] = False,
) -> None:
    """Write the graph in another format.

    With all of its evidence: trig, nt, nq, jsonld, rdfxml, jsonl, cypher; a row a sentence: csv, parquet; as nodes and
    edges: graphml, gexf; the entities alone: csv-nodes; the plain facts alone: ttl.
    """
    from kg import writers
    from kg.store import load

    if form not in writers.FORMATS:
        raise KgError(f"found -f {form!r}, expected one of {', '.join(writers.FORMATS)}")
    chunks = writers.stream(load(outputs), form, rdf12=rdf12)
    if output:
        _replace(output, chunks)
    elif form == "parquet" and sys.stdout.isatty():
        raise KgError("parquet is nothing for a terminal; name a file with -o")
    else:
        sys.stdout.buffer.writelines(chunks)


@app.command(epilog="Examples:  kg view --open   ·   kg view theirs.ttl -o theirs.html")
def view(
    graph: Annotated[Path | None, typer.Argument(help="A folder that kg filled, or a file of RDF, anybody's.")] = None,
    output: Annotated[
        Path | None, typer.Option("--outputs", "-o", help="The folder that `kg build` filled; with GRAPH, the page.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    title: Annotated[str | None, typer.Option(help="Its heading.")] = None,
    embed: Annotated[str, typer.Option("--embed-text", help="Of the articles: none, context or full.")] = "context",
) -> None:
    """Draw the page anew, and show it.

    It is one file that needs no network; its place is printed. A file of RDF that kg did not make is drawn too: with
    its own names, and without sources.
    """
    from kg.view import foreign
    from kg.writers.html import EMBEDS, render

    if embed not in EMBEDS:
        raise KgError(f"unknown --embed-text {embed!r}; choose one of {', '.join(EMBEDS)}")
    source = graph or output or DEFAULT
    page = (output or _beside(source)) if graph else source / "graph.html"
    name = "What the articles say" if source.is_dir() else source.stem
    _replace(page, [render(foreign.load(source), title=title or name, embed_text=EMBEDS[embed]).encode()])
    typer.echo(page)
    if show:
        import webbrowser

        if not webbrowser.open(page.absolute().as_uri()):
            _warn(f"found no browser to open; open {page} yourself")


@app.command(epilog="Example:  kg info -o outputs")
def info(outputs: Outputs = DEFAULT) -> None:
    """Tell what the graph holds.

    Articles, kinds of things, relations, and the things of which most is said.
    """
    from kg import terminal
    from kg.store import load

    graph = load(outputs)
    console = _console()
    console.print(terminal.summary(graph), highlight=False)
    for table in terminal.inventory(graph):
        console.print()
        console.print(table)


@app.command(epilog='Examples:  kg explain Sora   ·   kg explain Sora developer   ·   kg explain "Sora leak" eventDate')
def explain(
    subject: Annotated[str, typer.Argument(help="A name, or an IRI such as id:openai.")],
    predicate: Annotated[str | None, typer.Argument(help="A relation, such as developer.")] = None,
    object_: Annotated[str | None, typer.Argument(metavar="[OBJECT]", help="A name, an IRI or a value.")] = None,
    outputs: Outputs = DEFAULT,
) -> None:
    """Show the sentences behind a statement.

    Under each statement stand the sentences that make it, who says so, under which reserve, and in which article.
    """
    from kg import terminal
    from kg.explain import explain as why
    from kg.store import load

    console = _console()
    found = why(load(outputs), subject, predicate, object_)
    if not found:
        raise KgError(f"the graph says nothing of the kind about {subject!r}; see: kg explain {subject!r}")
    for line in terminal.explained(found):
        console.print(line)


@app.command(epilog="Examples:  kg annotate article.txt   ·   kg annotate article.txt --format json | jq .statements")
def annotate(
    path: Annotated[str, typer.Argument(help="An article, - for stdin.")],
    form: Annotated[str, typer.Option("--format", help="text, or json: a line as in annotated.jsonl.")] = "text",
    model: Model = None,
) -> None:
    """Show what is read in one text.

    The text with its entities in the colours of their types, and the statements made there.
    """
    from kg import terminal
    from kg.build import run
    from kg.writers import jsonl

    if form not in ("text", "json"):
        raise KgError(f"unknown format {form!r}; choose text or json")
    done = run(path, model=model)
    for item in done.skipped:
        _warn(f"skipped {item.path}: {item.reason}")
    if form == "json":
        for line in jsonl.annotated(done.annotations):
            typer.echo(line, nl=False)
    else:
        for annotation in done.annotations:
            for text in terminal.read(annotation):
                _console().print(text)
    if not done.annotations:
        raise typer.Exit(NONE_READ)


@app.command(epilog="Examples:  kg evaluate training/corpus/*-6.txt   ·   kg evaluate g.txt --system annotated.jsonl")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Files annotated as training/GUIDELINES.md tells.")],
    model: Model = None,
    system: Annotated[Path | None, typer.Option(help="Score this annotated.jsonl instead of a model.")] = None,
    per: Annotated[bool, typer.Option("--per", help="Also a line for each type and relation.")] = False,
) -> None:
    """Score a model against hand annotation.

    Precision, recall and F of mentions, coreference and triples, from raw text.
    """
    from kg.evaluate import evaluate as score
    from kg.evaluate import outputs
    from kg.gold import read

    documents = [item for path in gold for item in read(path)]
    reader: Any = outputs(system) if system else _model(model)
    with _progress(quiet=False) as progress:
        counted = _counted(documents, progress)
        table = score(counted, reader)
    for line in table.lines(per=per):
        typer.echo(line)


@app.command(epilog="Examples:  kg validate outputs   ·   kg validate mine.ttl theirs.jsonld --json")
def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Outputs of `kg build`; files of RDF, anybody's; folders of them.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Give all findings as JSON.")] = False,
) -> None:
    """Check that a graph is what it should be.

    Its syntax, IRIs and values; the shapes that the ontology asks for; that each quote is what its document says at
    that place. Ends with 0 if all is well, with 1 if something is wrong, with 2 if there is nothing to check.
    """
    from kg.validate import validate as check

    reports = [check(path) for path in paths]
    if as_json:
        typer.echo(json.dumps([report.record() for report in reports], ensure_ascii=False, indent=1))
    else:
        typer.echo("\n\n".join("\n".join(map(_printable, report.lines())) for report in reports))
    if not all(report.valid for report in reports):
        raise typer.Exit(INVALID)


@app.command(epilog="Examples:  kg match pairs.tsv   ·   cut -f1,4 names.tsv | kg match -")
def match(
    path: Annotated[str, typer.Argument(help="A table with the columns name_a and name_b, - for stdin.")],
) -> None:
    """Tell of pairs of names whether they mean one thing.

    Each row of the table gets same, different or unsure, with a score and the reasons. Where known, type, developer,
    date, domain and wikidata may stand in columns of their own: type_a, type_b and so on.
    """
    from kg import pairs

    for line in pairs.lines(list(pairs.read(_text(path, "the table"), path))):
        typer.echo(_printable(line.replace("\t", "\n")).replace("\n", "\t"))


By = Annotated[str, typer.Option(help="Who decides.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]


@app.command(epilog='Example:  kg why Mistral "Mistral AI"')
def why(
    one: Annotated[str, typer.Argument(help="A name, or an IRI such as id:openai.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    outputs: Outputs = DEFAULT,
) -> None:
    """Tell why two names mean one thing, or two.

    The decisions behind it with their scores, reasons and quotes, and what the names say for and against it.
    """
    from kg import deciding
    from kg.store import load

    for line in deciding.why(load(outputs), one, two):
        typer.echo(_printable(line))


@app.command("merge-entities", epilog="Example:  kg merge-entities Warner 'Warner Music Group' --because 'same label'")
def merge_entities(
    one: Annotated[str, typer.Argument(help="A name, or an IRI.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    because: Because = "",
    by: By = "",
    outputs: Outputs = DEFAULT,
) -> None:
    """Decide that two things are one.

    The decision is added to decisions.ttl and holds in every build to come; the outputs are written anew.
    """
    from kg import deciding

    deciding.merge(outputs, one, two, by=by, reason=because)
    typer.echo(f"{_printable(one)} and {_printable(two)} are one now; take it back with kg split")


@app.command(epilog="Example:  kg split Sora 'Sora Turbo' --because 'another model'")
def split(
    one: Annotated[str, typer.Argument(help="A name, or an IRI.")],
    two: Annotated[str, typer.Argument(help="Another one, of the same thing or of another.")],
    because: Because = "",
    by: By = "",
    outputs: Outputs = DEFAULT,
) -> None:
    """Decide that two things, or what goes under two names of one thing, are two.

    The decision is added to decisions.ttl and holds in every build to come, whatever a matcher says; the outputs are
    written anew. Nothing of what was read is lost.
    """
    from kg import deciding

    deciding.split(outputs, one, two, by=by, reason=because)
    typer.echo(f"{_printable(one)} and {_printable(two)} are two now; take it back with kg merge-entities")


@app.command(epilog="Example:  kg review -o outputs")
def review(by: By = "", outputs: Outputs = DEFAULT) -> None:
    """Decide about the pairs that may be one, with one key each.

    The likeliest come first: y for the same, n for different, s to skip, q to stop.
    """
    from kg import deciding
    from kg.store import load

    names = load(outputs)
    for item in deciding.review(outputs):
        one, two = item.subject, str(item.object)
        both = f"{names.name(one)} ({one}) and {names.name(two)} ({two})"
        typer.echo(_printable(f"{item.score:.2f} {both}: {item.evidence[0].reason}"))
        typer.echo("same? [y]es [n]o [s]kip [q]uit ", nl=False)
        key = (typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1)).casefold()
        typer.echo(key if key.isalpha() else "")
        if key in {"", "q"}:
            break
        if key in {"y", "n"}:
            decide = deciding.merge if key == "y" else deciding.split
            with contextlib.suppress(KgError):  # one of the two went into another thing meanwhile
                decide(outputs, one, two, by=by)


@app.command()
def version() -> None:
    """Tell which version this is."""
    import kg

    typer.echo(f"kg {kg.__version__}")


def main() -> NoReturn:
    """Runs the command line. Ends with 0; 1 if nothing was read; 2 if something is wrong; 130 if it was stopped."""
    try:
        code = app(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except BrokenPipeError:  # such as kg query … | head; nobody is there to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KgError as error:
        _end(str(error), TROUBLE)
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer's own complaints about a call have it
            raise
        _end(f"{error.format_message().rstrip('.')}; see: kg --help", TROUBLE)
    if code == STOPPED:
        _end("stopped; what was written before is as it was", STOPPED)
    sys.exit(code if isinstance(code, int) else 0)


def _end(message: str, code: int) -> NoReturn:
    _warn(message)
    sys.exit(code)


def _warn(message: str) -> None:
    typer.echo(f"kg: {' '.join(_printable(message).split())}", err=True)


def _printable(text: str) -> str:
    """What is read from files can't give orders to the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def _console(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, soft_wrap=not sys.stdout.isatty(), highlight=False)


def _tell(done: Build, outputs: Path, seconds: float) -> None:
    """What was found, where it is, and what to do next."""
    from kg import terminal

    folder = "" if outputs == DEFAULT else f" -o {outputs}"
    typer.echo(f"Read {terminal.summary(done.graph, skipped=len(done.skipped))}.")
    typer.echo(
        f"Wrote {outputs}/ in {seconds:.1f} s: graph.html to look at, report.md to read, graph.ttl and graph.trig."
    )
    typer.echo("Next:")
    typer.echo(f"  kg view --open{folder}")
    for line in _questions(done.graph):
        typer.echo(f"  {line}{folder}")


def _questions(graph: Graph) -> Iterator[str]:
    """Commands that give an answer with this graph."""
    things = sorted(graph.entities, key=lambda iri: (-len(graph.about(iri)) - len(graph.mentioning(iri)), iri))
    known = (graph.name(iri) for iri in things if "/id/" in iri)
    name = next((name for name in known if name.replace(" ", "").replace("-", "").isalnum()), None)
    if name:
        yield f'kg explain "{name}"'
    yield 'kg query "SELECT ?what ?maker { ?w kg:developer ?m . ?w rdfs:label ?what . ?m rdfs:label ?maker }"'


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on the terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_console(err=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                for task in bar.tasks:
                    bar.update(task.id, total=task.completed)
                tasks[stage] = bar.add_task(stage, total=of or None)
            bar.update(tasks[stage], completed=done)

        yield tell


def _counted(items: list[Any], progress: Progress | None) -> Iterator[Any]:
    for done, item in enumerate(items):
        if progress:
            progress("read", done, len(items))
        yield item


def _model(path: Path | None) -> Any:
    from kg.nlp import pipeline

    nlp = pipeline.load(path)
    return lambda document: next(iter(pipeline.annotate(nlp, [document])))


def _beside(graph: Path) -> Path:
    return graph / "graph.html" if graph.is_dir() else graph.with_suffix(".html")


def _known_questions() -> Iterator[str]:
    """Each with its title, and its parameters below it."""
    from kg.questions import questions

    for item in questions().values():
        yield f"{item.name:14} {item.title}"
        yield from (f"{'':14}   -p {each.name}=…  {each.help}" for each in item.parameters)


def _pairs(params: list[str]) -> dict[str, str]:
    pairs = {name: value for name, mark, value in (item.partition("=") for item in params) if mark}
    if len(pairs) != len(params):
        raise KgError("expected each -p once, as name=value, such as -p maker=OpenAI")
    return pairs


def _text(file: str, what: str = "the query in") -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"can't read {what} {file}: {error}") from error


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes beside, then renames, so that nobody finds half a file."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.writelines(chunks)
        new.replace(path)
    except OSError as error:
        raise KgError(f"can't write {path}: {error.strerror}") from error
    finally:
        new.unlink(missing_ok=True)
