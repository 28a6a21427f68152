"""Entities that may be one, in blocks: those that have a key in common, until they are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.profiles import Find, Record
from kg.runs import Runs, grouped


class Blocks:
    """Records by their first field, as `kg.runs.grouped` gives them, to be read again and again.

    The field at the place `entity` is the id of an entity. A block whose entities are all one tells nothing more, since
    what is one stays so: it is left out from then on. Memory does not grow with the records.
    """

    def __init__(self, records: Iterable[Record], *, entity: int) -> None:
        self._entity = entity
        self._records = Runs(record for group in grouped(records) for record in group)

    def still_open(self, find: Find) -> Iterator[list[Record]]:
        """The blocks with entities of which `find` does not say that all are one."""
        left = Runs[Record]()
        for group in grouped(self._records):
            if self._are_several(group, find):
                left.extend(group)
                yield group
        self._records = left

    def _are_several(self, group: list[Record], find: Find) -> bool:
        first = find(group[0][self._entity])
        return any(find(record[self._entity]) != first for record in group)
