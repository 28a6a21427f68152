"""The model as the script reads it: one list a column, and the sentences apart, in shards that are opened on demand.

A page of 100,000 entities opens at once because nothing of it is read before it is asked for but these columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg import vocab
from kg.view.model import Model, Row
from kg.view.picture import Picture

STATUSES = ("stated", "claimed", "denied", "disputed")
"""How a statement stands; the columns hold the number."""

SHARD = 400_000
"""Characters of text in a shard: about 4,000 sentences, which a browser opens in some ten milliseconds."""


def columns(model: Model, picture: Picture, *, shards: Sequence[Row]) -> Row:
    """All that the page reads as it opens.

    Keys: base, types, relations, predicates, documents, disputes, groups; entities (columns id, label, type, group, x,
    y, size, font, documents; rows, aliases by number where there are any); statements, in the order of their lines, and
    facts: columns s, p, o or value, iso, object; status, sentences (their number), sure (in hundredths), sources
    (documents), shards (where their sentences are); by number dispute, and how (by whom, stances that all share).
    A list of one number stands as this number. Ids of statements are not told: the script takes the hash itself.
    """
    order = said_order(model)
    statements = [model.statements[number] for number in order]
    homes = _homes(shards, len(statements) + len(model.facts))
    number = {row["id"]: place for place, row in enumerate((*statements, *model.facts)) if "dispute" in row}
    return {
        "base": vocab.BASE,
        "isMap": picture.is_map,
        "showLoose": not any(a != b for a, b in model.pairs),
        "types": model.types,
        "relations": model.relations,
        "predicates": model.predicates,
        "documents": _documents(model, shards),
        "disputes": [_dispute(row, number) for row in model.disputes],
        "groups": [_group(row) for row in picture.groups],
        "entities": _entities(model, picture),
        "statements": _said(statements, homes[: len(statements)]) | {"o": [row["o"] for row in statements]},
        "facts": _said(model.facts, homes[len(statements) :]) | _values(model.facts),
    }


def said_order(model: Model) -> list[int]:
    """The statements' numbers, those between the same two entities next to each other."""

    def line(number: int) -> tuple[int, int, int]:
        row = model.statements[number]
        return min(row["s"], row["o"]), max(row["s"], row["o"]), number

    return sorted(range(len(model.statements)), key=line)


def shards(model: Model, *, most: int = SHARD) -> list[Row]:
    """The passages in order with the evidence in each.

    Keys: first (the first passage's number), passages (rows of document, start, text, and start, end, entity of all
    that is named), evidence (rows of passage in the shard, statement or else number of statements + fact, score in
    hundredths; sentence, subject and object, each as start and length: the sentence's start from the end of the one in
    the row before if that is of the same passage, the others' from the sentence's, a length of 0 for none; and what
    else there is: stance, by, reason).
    """
    rows = [*(model.statements[number] for number in said_order(model)), *model.facts]
    within: list[list[tuple[int, Row]]] = [[] for _ in model.passages]
    for number, row in enumerate(rows):
        for item in row.get("evidence", ()):
            within[item["passage"]].append((number, item))
    found = []
    for first, after in _stretches([len(row["text"]) for row in model.passages], most):
        evidence = []
        for passage in range(first, after):
            before = 0
            for number, item in sorted(within[passage], key=lambda pair: (pair[1]["at"], pair[0])):
                evidence.append([passage - first, number, *_evidence(item, before)])
                before = item["at"][1]
        passages = [_passage(row) for row in model.passages[first:after]]
        found.append({"first": first, "passages": passages, "evidence": evidence})
    return found


def _stretches(lengths: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    first, total = 0, 0
    for number, length in enumerate(lengths):
        if total and total + length > most:
            yield first, number
            first, total = number, 0
        total += length
    if lengths:
        yield first, len(lengths)


def _passage(row: Row) -> list[object]:
    names = [value for name in row.get("names", ()) for value in name]
    return [row["document"], row["start"], row["text"], *([names] if names else [])]


def _evidence(item: Row, before: int) -> list[object]:
    start, end = item["at"]
    ends = (item.get(key, (start, start)) for key in ("subject", "object"))
    spans = [value for low, high in ends for value in (low - start, high - low)]
    rest = {key: item[key] for key in ("stance", "by", "reason") if key in item}
    return [_hundredths(item), start - before, end - start, *spans, *([rest] if rest else [])]


def _hundredths(item: Row) -> int:
    score: float = item.get("score", 0)
    return round(100 * score)


def _homes(shards: Sequence[Row], count: int) -> list[list[int]]:
    """The shards that hold each statement's sentences, by its number."""
    homes: list[list[int]] = [[] for _ in range(count)]
    for place, shard in enumerate(shards):
        for row in shard["evidence"]:
            home = homes[row[1]]
            if not home or home[-1] != place:
                home.append(place)
    return homes


def _entities(model: Model, picture: Picture) -> Row:
    rows = model.entities
    return {
        "id": [row["id"] for row in rows],
        "label": [row["label"] for row in rows],
        "type": [row["type"] for row in rows],
        "group": _group_of(len(rows), picture.groups),
        "documents": [_short(row.get("documents", [])) for row in rows],
        "x": [x for x, _ in picture.places],
        "y": [y for _, y in picture.places],
        "size": picture.sizes,
        "font": picture.fonts,
        "rows": _some(rows, "rows"),
        "aliases": _some(rows, "aliases"),
    }


def _group(row: Row) -> Row:
    """The group with its main figure and its size instead of its members, who are in a column."""
    return {key: row[key] for key in row if key != "members"} | {"main": row["members"][0], "size": len(row["members"])}


def _group_of(count: int, groups: Sequence[Row]) -> list[int]:
    """The group of each entity, -1 for none."""
    group = [-1] * count
    for number, row in enumerate(groups):
        for member in row["members"]:
            group[member] = number
    return group


def _short(numbers: list[int]) -> int | list[int]:
    return numbers[0] if len(numbers) == 1 else numbers


def _some(rows: Sequence[Row], key: str) -> Row:
    """The values that there are, by the row's number."""
    return {str(number): row[key] for number, row in enumerate(rows) if key in row}


def _said(rows: Sequence[Row], homes: Sequence[list[int]]) -> Row:
    evidence = [row.get("evidence", []) for row in rows]
    standings = [standing(row) for row in rows]
    return {
        "s": [row["s"] for row in rows],
        "p": [row["p"] for row in rows],
        "status": [STATUSES.index(status) for status in standings],
        "sentences": [len(items) for items in evidence],
        "sure": [max(map(_hundredths, items)) if items else 100 for items in evidence],
        "sources": [_short(sorted({item["document"] for item in items})) for items in evidence],
        "shards": [_short(home) for home in homes],
        "dispute": _some(rows, "dispute"),
        "how": {
            str(number): _how(row["evidence"])
            for number, (row, status) in enumerate(zip(rows, standings, strict=True))
            if status in ("claimed", "denied")
        },
    }


def _values(facts: Sequence[Row]) -> Row:
    columns: Row = {key: [row[key] for row in facts] for key in ("value", "object")}
    return columns | {"iso": _some(facts, "iso")}


def standing(row: Row) -> str:
    """How a statement stands: disputed, denied (by all), claimed (by a party, or with reserve), or stated."""
    evidence = row.get("evidence", ())
    if "dispute" in row:
        return "disputed"
    if not evidence or any("stance" not in item and "by" not in item for item in evidence):
        return "stated"
    return "denied" if all("negated" in item.get("stance", ()) for item in evidence) else "claimed"


def _how(evidence: Sequence[Row]) -> list[object]:
    """The one who says it, if it is one, and the stances that all evidence shares."""
    speakers = [item.get("by") for item in evidence]
    shared = [
        word for word in evidence[0].get("stance", ()) if all(word in item.get("stance", ()) for item in evidence)
    ]
    return [speakers[0] if all(one == speakers[0] for one in speakers) else None, shared]


def _documents(model: Model, shards: Sequence[Row]) -> list[Row]:
    """The documents with the shards that hold their passages."""
    homes: list[list[int]] = [[] for _ in model.documents]
    for place, shard in enumerate(shards):
        for document in sorted({row[0] for row in shard["passages"]}):
            homes[document].append(place)
    return [row | {"shards": home} for row, home in zip(model.documents, homes, strict=True)]


def _dispute(row: Row, number: Mapping[str, int]) -> Row:
    """The dispute with the numbers of its statements instead of their ids; those not shown are left out."""
    return row | {"statements": [number[one] for one in row["statements"] if one in number]}
