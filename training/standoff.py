"""Our annotation of public texts that are not ours to publish, kept without the texts: standoff.jsonl.

    python -m training.standoff PUBLIC FOLDER       puts the annotated documents together, for `--corpus FOLDER`
    python -m training.standoff PUBLIC --keep FILE… keeps the annotated documents of these files in standoff.jsonl

A document is what its source says, piece by piece, with our marks between: a list of strings (ours) and of pairs of
numbers (from where to where in the source's words). The sources are news, interviews and opinions of courts in GUM
(Zeldes 2017; CC BY) and articles of Wikipedia in Re-DocRED (Tan et al. 2022; MIT), read where they lie: PUBLIC has
gum/dep/*.conllu and redocred/dev_revised.json.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

KEPT = Path(__file__).with_suffix(".jsonl")
_PIECE = re.compile(r"\w+|\s|[^\w\s]")
_SENTENCE = re.compile(r"(?:\b[a-z]+ ){5}")  # somebody's words, that are in no source

Piece = str | tuple[int, int]


def sources(public: Path) -> Iterator[tuple[str, str]]:
    """The name and text of each public document, its title first and a sentence a line."""
    for path in sorted(public.glob("gum/dep/*.conllu")):
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [line.partition(" = ")[2] for line in lines if line.startswith(("# meta::title = ", "# text = "))]
        yield f"gum/{path.stem}", "\n".join(said)
    for item in json.loads((public / "redocred" / "dev_revised.json").read_text(encoding="utf-8")):
        yield f"redocred/{item['title']}", "\n".join([item["title"], *(" ".join(words) for words in item["sents"])])


def keep(text: str, source: str) -> list[Piece]:
    """An annotated document as pieces of its source and our own; ValueError if whole sentences are in no source."""
    words, known = _PIECE.findall(text), _PIECE.findall(source)
    found: list[Piece] = []
    done = 0
    for start, place, size in difflib.SequenceMatcher(None, known, words, autojunk=False).get_matching_blocks():
        own = "".join(words[done:place])
        if foreign := _SENTENCE.search(own):
            raise ValueError(f"in no source: {foreign[0]!r}")
        found += [own] if own else []
        found += [(start, start + size)] if size else []
        done = place + size
    return found


def restore(pieces: Iterable[Piece], source: str) -> str:
    """The annotated document that was kept so."""
    known = _PIECE.findall(source)
    return "".join(piece if isinstance(piece, str) else "".join(known[piece[0] : piece[1]]) for piece in pieces)


def origin(text: str, public: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The public document with most words in common with an annotated one: its name and text."""
    words = _rare(text)
    return max(public, key=lambda each: len(words & _rare(each[1])))


@functools.cache
def _rare(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{4,}", text))


def documents(path: Path) -> list[str]:
    """The annotated documents of a file, each as it stands there."""
    return [f"# doc:{block}" for block in path.read_text(encoding="utf-8").split("# doc:")[1:]]


def main() -> None:
    """Keep or restore."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("public", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", help="where the annotated documents are put")
    parser.add_argument("--keep", type=Path, nargs="+", default=[], help="files of annotated documents")
    given = parser.parse_args()
    public = list(sources(given.public))
    if given.keep:
        texts = [text for path in given.keep for text in documents(path)]
        found = [(name, keep(text, source)) for text in texts for name, source in [origin(text, public)]]
        lines = [json.dumps({"source": name, "pieces": pieces}, ensure_ascii=False) for name, pieces in found]
        KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(lines)} documents")
        return
    if given.folder is None:
        parser.error("a folder is needed, to put the annotated documents into")
    records = [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()]
    texts = [restore(record["pieces"], dict(public)[record["source"]]) for record in records]
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "public-1.txt").write_text("".join(texts), encoding="utf-8")
    print(f"{len(texts)} documents")


if __name__ == "__main__":
    main()
