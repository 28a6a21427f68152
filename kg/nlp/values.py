"""Normal forms of what dates, amounts and quantities say: "2024-11-26", "USD 150000000000", "600 signatures"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.dates import date
from kg.nlp.money import money
from kg.nlp.quantities import quantity
from kg.types import Mention

TYPES = ("Date", "Money", "Quantity")
_BEFORE, _AFTER = 2000, 500  # characters around a mention that may tell its currency
_NEAR = 200  # characters within which a quantity lends its unit to the next


def normalise(
    text: str,
    type: str,  # noqa: A002 - the field's own name
    published: str | None,
    *,
    context: str = "",
    start: int | None = None,
    end: int | None = None,
    anchor: str | None = None,
) -> str | None:
    """The value of one mention, or None where it can't be known.

    `type` is one of TYPES; of others the value is None. `published` (ISO 8601) is the day by which relative dates are
    resolved. `context` is the text around, in which the mention stands from `start` to `end` (where it is first found,
    if they are not given): the tense tells whether "March" is past or to come, the noun that follows what is counted,
    the sum before which currency is meant. `anchor` is the value of the mention of this type before it, from which
    "the following year" counts and whose unit a bare number shares.
    """
    if start is None:
        start = max(context.find(text), 0)
    end = start + len(text) if end is None else end
    before, after = context[max(0, start - _BEFORE) : start], context[end : end + _AFTER]
    text = text.strip()
    if type == "Date":
        return date(text, published, before=before, after=after, anchor=anchor)
    if type == "Money":
        return money(text, before=before, after=after)
    if type == "Quantity":
        return quantity(text, before=before, after=after, previous=anchor)
    return None


def values(text: str, mentions: Sequence[Mention], published: str | None) -> list[str | None]:
    """The values of the mentions of one document, in their order; None for those of other types.

    A date counts from the last date before it in the document; a bare number takes its unit from the quantity before
    it in the paragraph. A mention without a value of its own has that of its entity.
    """
    found: dict[tuple[int, int], str | None] = {}
    known: dict[str, str] = {}
    last: dict[str, tuple[int, str]] = {}
    for mention in sorted((m for m in mentions if m.type in TYPES), key=lambda m: (m.start, m.end)):
        end, anchor = last.get(mention.type, (0, None))
        gap = text[end : mention.start]
        if mention.type == "Quantity" and (len(gap) > _NEAR or "\n" in gap):
            anchor = None
        value = normalise(
            text[mention.start : mention.end],
            mention.type,
            published,
            context=text,
            start=mention.start,
            end=mention.end,
            anchor=anchor,
        )
        value = value or known.get(mention.entity)
        if value:
            known.setdefault(mention.entity, value)
            last[mention.type] = (mention.end, value)
        found[mention.start, mention.end] = value
    return [found.get((m.start, m.end)) if m.type in TYPES else None for m in mentions]
