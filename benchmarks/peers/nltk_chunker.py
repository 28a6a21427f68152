"""Names by NLTK's chunker, asked like the other peers; ends with 3 where NLTK's data is absent."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

import nltk


def names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of what the chunker calls a named entity."""
    at = 0
    for sentence in nltk.sent_tokenize(text):
        for part in nltk.ne_chunk(nltk.pos_tag(nltk.word_tokenize(sentence))):
            words = [word for word, _ in part.leaves()] if isinstance(part, nltk.Tree) else [part[0]]
            starts = []
            for word in words:
                start = text.find(word, at)
                if start >= 0:
                    starts.append(start)
                    at = start + len(word)
            if isinstance(part, nltk.Tree) and starts:
                yield starts[0], at


def main() -> None:
    """A list of texts in, spans and seconds of CPU out."""
    texts = json.load(sys.stdin)
    try:
        list(names("Warm up with a sentence about OpenAI."))
    except LookupError:
        sys.exit(3)
    start = time.process_time()
    found = [list(names(text)) for text in texts]
    json.dump({"seconds": time.process_time() - start, "spans": found}, sys.stdout)


if __name__ == "__main__":
    main()
