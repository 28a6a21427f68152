"""Two lists that "respectively" pairs: "GPT-4 and Claude come from OpenAI and Anthropic, respectively"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import phrases

_BETWEEN = phrases.listed(", and & the 's \N{RIGHT SINGLE QUOTATION MARK}s")
_ENDS = phrases.listed(". ; ? !")


def pairs(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Lists of equally many mentions, whose items belong together one by one, as numbers of their `spans`.

    `words` in lower case; spans are first and last words (inclusive). The second list is the last one before the word
    "respectively", or the first one after it; the first is the nearest before that with as many items.
    """
    for at, word in enumerate(words):
        if word != "respectively":
            continue
        low = max((i + 1 for i in range(at) if words[i] in _ENDS or "\n" in words[i]), default=0)
        high = next((i for i in range(at, len(words)) if words[i] in _ENDS or "\n" in words[i]), len(words))
        found = _lists(words, spans, low, high)
        before = [each for each in found if spans[each[-1]][1] < at]
        after = [each for each in found if spans[each[0]][0] > at]
        second = after[0] if after else before.pop() if before else []
        first = next((each for each in reversed(before) if len(each) == len(second)), None)
        if first:
            yield first, second


def _lists(words: Sequence[str], spans: Sequence[tuple[int, int]], low: int, high: int) -> list[list[int]]:
    """The runs of two and more mentions of a stretch of words between which only commas and the like stand."""
    inside = sorted((start, -end, number) for number, (start, end) in enumerate(spans) if low <= start and end < high)
    runs: list[list[int]] = []
    for start, _, number in inside:
        last = runs[-1][-1] if runs else None
        if last is not None and start <= spans[last][1]:  # inside the one before
            continue
        if last is not None and all(words[i] in _BETWEEN for i in range(spans[last][1] + 1, start)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]
