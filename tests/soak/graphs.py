"""Files that are damaged or made to harm: validate, query, load and view refuse them in one line, or find the fault."""

from __future__ import annotations

import collections
import functools
import random
import tempfile
from pathlib import Path

from tests import example
from tests.soak._worker import Worker, pack, unpack

COUNT = 5000
SECONDS = 30
SUFFIXES = {"jsonld": ".jsonld", "nq": ".nq", "nt": ".nt", "rdfxml": ".rdf", "trig": ".trig", "ttl": ".ttl"}
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def soak(seed, count):
    """Damages `count` files, and has each read as a stranger's file would be."""
    chance, worker = random.Random(seed), Worker("tests.soak.graphs", seconds=SECONDS)
    kinds = collections.Counter()
    try:
        for _ in range(count):
            verb = chance.choices(["validate", "view", "query", "load", "outputs", "asked"], [3, 4, 4, 4, 1, 4])[0]
            name, data = _file(chance, verb)
            kind, _ = worker.ask({"verb": verb, "name": name, "data": pack(data)})
            assert kind != "stopped", f"{verb} took more than {SECONDS} s over {name}: {data[:2000]!r}"
            kinds[f"{verb} {kind}"] += 1
    finally:
        worker.close()
    return f"{count} files: " + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def prepare():
    """What the first task would wait for."""
    _formats()
    _outputs()


def work(task):
    """One file under one verb."""
    from kg.query import run
    from kg.query.command import Call, answer
    from kg.store import load
    from kg.validate import validate
    from kg.view import foreign

    with tempfile.TemporaryDirectory() as place:
        folder, data = Path(place), unpack(task["data"])
        if task["verb"] in ("query", "load", "outputs"):
            for name, whole in _outputs().items():
                (folder / name).write_bytes(whole)
        path = folder / task["name"]
        path.write_bytes(data)
        if task["verb"] == "validate":
            return "\n".join(validate(path).lines())
        if task["verb"] == "outputs":
            return "\n".join(validate(folder).lines())
        if task["verb"] == "view":
            return repr(foreign.read(path))
        if task["verb"] == "load":
            return repr(load(folder))
        if task["verb"] == "asked":
            return answer(Call(file=str(path), outputs=folder))
        return str(len(run(folder, "SELECT * { ?s ?p ?o } LIMIT 5")))


@functools.cache
def _outputs():
    from kg import writers

    with tempfile.TemporaryDirectory() as place:
        writers.write(example.graph(), place)
        return {
            path.name: path.read_bytes() for path in Path(place).iterdir() if path.suffix != ".html" and path.is_file()
        }


@functools.cache
def _formats():
    from kg import writers

    return {suffix: writers.export(example.graph(), form) for form, suffix in SUFFIXES.items()}


def _file(chance, verb):
    if verb in ("validate", "view"):
        suffix = chance.choice(sorted(_formats()))
        if chance.random() < 0.1:
            return "file" + chance.choice([".rdf", ".jsonld", ".ttl", ".nt"]), _bomb(chance)
        return "file" + suffix, _damaged(chance, _formats()[suffix])
    if verb == "asked":
        return "question.rq", _damaged(chance, b"SELECT ?s { ?s kg:developer id:openai } # \xc3\xa9")
    names = {"query": ["graph.trig", "manifest.json"], "load": ["graph.jsonl", "documents.jsonl", "manifest.json"]}
    name = chance.choice(names.get(verb) or sorted(_outputs()))
    return name, _damaged(chance, _outputs()[name])


def _damaged(chance, data):
    """Bytes changed, cut, doubled, moved, put in."""
    for _ in range(chance.choice([1, 1, 1, 2, 5, 20])):
        start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        end = min(end, start + chance.choice([1, 10, 1000]))
        part = data[start:end]
        put = chance.choice(
            [b"", bytes([chance.randrange(256)]), part * 2, part[::-1], chance.choice(_PUT), b"\xff\xfe", data[:50]]
        )
        data = data[:start] + put + data[end:]
    return data[: chance.randrange(len(data) + 1)] if data and chance.random() < 0.1 else data


_PUT = [
    *(text.encode("utf-8", "surrogatepass") for text in example.HOSTILE),
    *(
        b"null",
        b"1e999",
        b"[",
        b"{",
        b'{"a":',
        b'"',
        b"<",
        b">",
        b"\x00",
        b"\\u0000",
        b"\\ud800",
        b"@",
        b":",
        b"<<(",
        b"-1",
    ),
    *(
        b"99999999999999999999999",
        b"_:b",
        b"<http://e/ x>",
        b"&a;",
        b"<!--",
        b"]]>",
        b"\n",
        b"\xef\xbb\xbf",
        b"@prefix",
    ),
    *(b"https://w3id.org/aikg/ontology#", b"^^<http://www.w3.org/2001/XMLSchema#date>", b'"9999-02-30"', b"@context"),
]


def _bomb(chance):
    """Nested, entities within entities, one long line."""
    size = chance.choice([50, 400, 2000, 100_000])
    xml = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:x="http://x/">'
    levels = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    return chance.choice([
        "<http://a> <http://b> " + "[ <http://b> " * size + "1" + "]" * size + " .",
        "<http://a> <http://b> " + "( " * size + ")" * size + " .",
        "<http://a> <http://b> " + "<<( <http://a> <http://b> " * size + "<http://c>" + " )>>" * size + " .",
        '{"@id":"http://a","http://b":' * size + "1" + "}" * size,
        "[" * size + "]" * size,
        '{"@context":{"a":' + '{"@context":' * size + "}" * size + "}}",
        xml + "<x:A><x:b>" * size + "</x:b></x:A>" * size + "</rdf:RDF>",
        f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{levels}]>{xml}<x:A><x:b>&m;</x:b></x:A></rdf:RDF>',
        f'<!DOCTYPE r [<!ENTITY a "{"a" * size}">]>{xml}<x:A><x:b>{"&a;" * size}</x:b></x:A></rdf:RDF>',
        f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>{xml}<x:A><x:b>&a;</x:b></x:A></rdf:RDF>',
        '<http://a> <http://b> "' + "a" * size + '" .',
        "<http://a/" + "a" * size + "> <http://b> <http://c> .",
    ]).encode()  # fmt: skip
