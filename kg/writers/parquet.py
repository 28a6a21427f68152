"""The relations as a Parquet table with typed columns: a row for each sentence that states one, as in the CSV."""

from __future__ import annotations

import io

from kg.errors import KgError
from kg.graph import Graph
from kg.writers._rows import COLUMNS, rows

_KINDS = {"score": "float64", "start": "int64", "end": "int64"}


def table(graph: Graph) -> bytes:
    """The file's bytes; what is not known is null. Raises KgError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise KgError(
            "Parquet needs pyarrow, an extra of this package: pip install 'ai-industry-kg[parquet]'"
        ) from error
    schema = pa.schema([(name, getattr(pa, _KINDS.get(name, "string"))()) for name in COLUMNS])
    records = [dict(zip(COLUMNS, (_safe(value) for value in row), strict=True)) for row in rows(graph)]
    written = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(records, schema=schema), written, compression="zstd")
    return written.getvalue()


def _safe(value: object) -> object:
    """Half a character of UTF-16 has no place in UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
