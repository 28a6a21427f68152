"""Identity by identifiers: Wikidata's items, foreign IRIs, an organisation's own domain; and the ids of things."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from kg import packed, phrases, vocab
from kg.graph import Graph
from kg.profiles import ORGANISATIONS, compatible
from kg.types import Evidence, Statement, digest

_ITEM = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki|wiki/Special:EntityPage)/(Q[1-9]\d*)/?$")
_URL = vocab.SCHEMA + "url"
_TELLING = frozenset({_URL, vocab.SAME_AS, vocab.DIFFERENT_FROM})
_RECORD = re.compile(r"#r\d+$")
_SHARED = phrases.listed("""
amazon.com apps.apple.com arxiv.org bilibili.com bitbucket.org crunchbase.com discord.com discord.gg facebook.com
github.com github.io gitlab.com google.com huggingface.co instagram.com linkedin.com medium.com notion.site
openreview.net pypi.org reddit.com sourceforge.net substack.com t.me tiktok.com twitter.com weibo.com wikipedia.org
wordpress.com x.com youtube.com
""")
"""Hosts where many have a page: only whose own they are is told by the bare domain."""


def items(stated: Graph) -> dict[str, str]:
    """By entity of a document, the one item of Wikidata that its sources say it is."""
    found: dict[str, set[str]] = {}
    for item in stated.saying(vocab.SAME_AS):
        if isinstance(item.object, str) and (known := wikidata(item.object)):
            found.setdefault(item.subject, set()).add(known)
    return {iri: next(iter(known)) for iri, known in found.items() if len(known) == 1}


def wikidata(iri: str) -> str:
    """The IRI of an item of Wikidata however it is written, "" for another IRI."""
    match = _ITEM.match(iri)
    return vocab.WD + match[1] if match else ""


def decisions(stated: Graph, known: Mapping[str, str]) -> list[Statement]:
    """What identifiers decide, for `kg.resolve`; `known` are the `items`.

    Entities that share an identifier are one, and so along chains of owl:sameAs; but a chain is not believed that would
    unite two items of Wikidata, two types that don't go together, or two records of one source: then only a shared item
    joins. What people decided about entities comes along.
    """
    types = _types(stated)
    chain = _Chain()
    given = []
    for item in stated.saying(*_TELLING):
        if item.predicate == vocab.SAME_AS and isinstance(item.object, str):
            ends = item.subject, wikidata(item.object) or item.object
            if all(end in types for end in ends):
                given.append(item)
            elif item.subject in types or item.object in types or not item.subject.startswith(vocab.BASE):
                chain.add(*ends)
        elif item.predicate == vocab.DIFFERENT_FROM and item.subject in types:
            given.append(item)
        elif own := _domain(item, types.get(item.subject, ())):
            chain.add(item.subject, own)
    for members in chain.groups():
        local = [iri for iri in members if iri in types]
        if len(local) > 1:
            given += _joined(local, known, types, broken=_broken(members, known, types))
    return given


def aliases(rest: Iterable[Statement], ids: Mapping[str, str]) -> dict[str, str]:
    """By foreign IRI the thing that it names, where it names just one."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for item in rest:
        if item.predicate == vocab.SAME_AS and item.subject in ids and isinstance(item.object, str):
            thing = ids[item.subject]
            for name in (item.object, wikidata(item.object)):
                if name and found.setdefault(name, thing) != thing:
                    several.add(name)
    return {name: thing for name, thing in found.items() if name not in several} if several else found


def canonical(statements: Iterable[Statement], types: Mapping[str, str]) -> dict[str, str]:
    """By id of a thing its new one: Wikidata's IRI where it has just one, else one made of its own domain.

    `types` are those of all things, by their ids. No two things get one id.
    """
    wanted: dict[str, set[str]] = {}
    domains: dict[str, set[str]] = {}
    for item in statements:
        if item.predicate not in _TELLING:
            continue
        if item.subject in types and item.subject.startswith(vocab.BASE + "id/"):
            if item.predicate == vocab.SAME_AS and isinstance(item.object, str) and (known := wikidata(item.object)):
                wanted.setdefault(item.subject, set()).add(known)
            elif own := _domain(item, {types[item.subject]}):
                domains.setdefault(item.subject, set()).add(vocab.BASE + "id/" + own)
    chosen = {iri: min(found) for found_in in (domains, wanted) for iri, found in found_in.items() if len(found) == 1}
    holders: dict[str, list[str]] = {}
    for iri, new in chosen.items():
        holders.setdefault(new, []).append(iri)
    return {old[0]: new for new, old in holders.items() if len(old) == 1 and new not in types}


def former(ids: Mapping[str, str]) -> Iterator[Statement]:
    """That the ids that things had are owl:sameAs the new ones."""
    return (Statement(old, vocab.SAME_AS, new) for old, new in ids.items())


def renamed(item: Statement, ids: Mapping[str, str]) -> Statement | None:
    """A statement with new ids, itself where none is new; None where it would tie a thing to itself."""
    if ids:
        item = packed.renamed(item, ids)
    if item.predicate == vocab.SAME_AS and isinstance(item.object, str):
        known = wikidata(item.object)
        if known and known != item.object:
            item = dataclasses.replace(item, object=known)
    return None if item.subject == item.object else item


def _types(stated: Graph) -> dict[str, set[str]]:
    """The entities of documents and their types, by local name; foreign classes by their IRI."""
    found: dict[str, set[str]] = {}
    for item in stated.saying(vocab.TYPE):
        if item.subject.startswith(vocab.BASE + "doc/") and "#" in item.subject:
            found.setdefault(item.subject, set()).add(str(item.object).removeprefix(vocab.KG))
    return found


def _domain(item: Statement, types: Collection[str]) -> str:
    """The domain that is an organisation's own by its address, "" if the statement tells none."""
    if item.predicate != _URL or ORGANISATIONS.isdisjoint(types):
        return ""
    try:
        parts = urlsplit(item.object if isinstance(item.object, str) else item.object.value)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    plain = not parts.path.strip("/") and not parts.query and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host)
    shared = any(host.endswith("." + each) for each in _SHARED)
    return host if plain and not shared else ""


class _Chain:
    """Which IRIs are one by owl:sameAs (union-find)."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}

    def add(self, one: str, two: str) -> None:
        """Takes two for one."""
        first, second = sorted((self._find(one), self._find(two)))
        self._root[second] = first

    def groups(self) -> list[list[str]]:
        """The IRIs that are one, each group sorted."""
        found: dict[str, list[str]] = {}
        for iri in sorted(self._root):
            found.setdefault(self._find(iri), []).append(iri)
        return [found[key] for key in sorted(found)]

    def _find(self, iri: str) -> str:
        root = self._root.setdefault(iri, iri)
        while root != self._root[root]:
            self._root[root] = self._root[self._root[root]]
            root = self._root[root]
        self._root[iri] = root
        return root


def _broken(members: list[str], known: Mapping[str, str], types: Mapping[str, set[str]]) -> str:
    """Why a chain can't be believed; "" if it can."""
    wikis = sorted({each for iri in members if (each := known.get(iri, "") or wikidata(iri))})
    if len(wikis) > 1:
        return f"it would unite {' and '.join(wikis)}"
    local = [iri for iri in members if iri in types]
    kinds = sorted({type_ for iri in local for type_ in types[iri] if "://" not in type_})
    if not all(compatible(one, two) for one in kinds for two in kinds):
        return f"it would unite {' and '.join(kinds)}"
    sources = [iri.partition("#")[0] for iri in local if _RECORD.search(iri)]
    return "it would unite two records of one source" if len(set(sources)) < len(sources) else ""


def _joined(
    local: list[str], known: Mapping[str, str], types: Mapping[str, set[str]], *, broken: str
) -> Iterator[Statement]:
    """Each with the first; of a chain that is not believed, each with the first that has the same item."""
    groups: dict[str, list[str]] = {}
    for iri in local:
        if not broken or iri in known:
            groups.setdefault(known.get(iri, iri) if broken else "", []).append(iri)
    for item, (first, *others) in sorted(groups.items()):
        for other in others:
            fits = all(compatible(a, b) for a in types[first] for b in types[other] if "://" not in a + b)
            if fits or not broken:
                yield _same(first, other, f"both are {item}" if item else "they have an identifier in common")


def _same(one: str, two: str, reason: str) -> Statement:
    document = one.partition("#")[0]
    key = digest((one, two, reason))
    return Statement(one, vocab.SAME_AS, two, (Evidence(key, document, 0, 0, "", reader="identifier", reason=reason),))
