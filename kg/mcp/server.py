"""The tools of `kg mcp` and the server that offers them, by the SDK of the Model Context Protocol."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import TextContent, ToolAnnotations
from pydantic import Field, ValidationError

import kg
from kg.errors import KgError
from kg.graph import Graph
from kg.mcp import answers, sparql
from kg.mcp.records import NOTE
from kg.serve.pool import Limits, Pool

MOST = 100
"""Things, statements, quotes or rows in one answer."""

_INSTRUCTIONS = f"""A knowledge graph of the AI industry, read from articles. Every statement has an id and quotes the
sentences that it rests on. A statement is what an article says, not what is true: cite the article and the quote, say
so where it is disputed or said with reserve, and look at `evidence` before you rely on one. Begin with `search`.
{NOTE}"""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

_Name = Annotated[str, Field(description='A name, or an id that another tool gave, such as "id:openai".')]
_Relation = Annotated[str, Field(description="Only this relation, such as developer or locatedIn.")]
_Limit = Annotated[int, Field(ge=1, le=MOST, description="At most so many.")]


class Server(MCPServer[None]):
    """Tells an answer without the spaces that the SDK puts in, and whatever goes wrong in one line."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """The SDK's own, but for the words."""
        try:
            found: Any = await super().call_tool(name, arguments, context)
            text = json.dumps(found.structured_content, ensure_ascii=False)
            return found.model_copy(update={"content": [TextContent(type="text", text=text)]})
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                faults = error.__cause__.errors(include_url=False)
                told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in faults)
                raise ToolError(told) from error.__cause__
            if isinstance(error.__cause__, KgError):
                raise ToolError(" ".join(str(error.__cause__).split())) from None
            raise


def make(graph: Graph, path: Path, *, seconds: float) -> Server:
    """The server of a graph in memory, and of the folder it is from, whose files answer SPARQL.

    Raises KgError where the folder can't be read. Nothing is written, and nothing asked of anybody else.
    """
    pool = Pool(path, Limits(seconds=seconds, size=1 << 24, workers=1))

    @contextlib.asynccontextmanager
    async def workers(_: object) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            pool.stop()
            await pool.close()

    version = str(kg.__version__)
    server = Server("kg", version=version, instructions=_INSTRUCTIONS, lifespan=workers, log_level="ERROR")
    _add_tools(server, graph)
    _add_sparql(server, pool)
    return server


def _add_tools(server: Server, graph: Graph) -> None:
    @server.tool(annotations=_READS)
    def search(
        text: Annotated[str, Field(description="A name or a part of it, or words of a sentence.")],
        type: Annotated[str, Field(description="Only things of this type, such as Company or Model.")] = "",  # noqa: A002
        limit: _Limit = 10,
    ) -> answers.Found:
        """Find things by name, and statements by the words of the sentences behind them."""
        return answers.search(graph, text, type_=type, limit=limit)

    @server.tool(annotations=_READS)
    def entity(name: _Name, relation: _Relation = "", limit: _Limit = 30) -> answers.About:
        """Tell what is said of one thing, in both directions, each statement with its quotes."""
        return answers.entity(graph, name, relation=relation, limit=limit)

    @server.tool(annotations=_READS)
    def evidence(
        statement: Annotated[str, Field(description="The id of a statement, as the other tools give it.")],
        limit: _Limit = 50,
    ) -> answers.Proof:
        """Quote all sentences that a statement rests on, with article, place, reserve and speaker."""
        return answers.evidence(graph, statement, limit=limit)

    @server.tool(annotations=_READS)
    def neighbours(name: _Name, relation: _Relation = "", limit: _Limit = 30) -> answers.Neighbours:
        """List the things that one thing is linked to, with the statements that link them."""
        return answers.neighbours(graph, name, relation=relation, limit=limit)

    @server.tool(annotations=_READS)
    def path(
        one: _Name,
        two: _Name,
        longest: Annotated[int, Field(ge=1, le=10, description="At most so many steps.")] = 5,
        reserved: Annotated[bool, Field(description="Also over what is only alleged, planned or denied.")] = False,  # noqa: FBT002
    ) -> answers.Way:
        """Find a shortest chain of statements between two things."""
        return answers.path(graph, one, two, longest=longest, reserved=reserved)

    @server.tool(annotations=_READS)
    def disputes(
        name: Annotated[str, Field(description="Only about this thing.")] = "", limit: _Limit = 30
    ) -> answers.Disputes:
        """List where the articles contradict each other: two values where there can be one, or a denial."""
        return answers.disputes(graph, name, limit=limit)


def _add_sparql(server: Server, pool: Pool) -> None:
    @server.tool(name="sparql", annotations=_READS)
    def select(
        query: Annotated[str, Field(description="SELECT or ASK of SPARQL 1.1; the prefixes kg:, id:, … are known.")],
        limit: _Limit = 30,
        evidence: Annotated[bool, Field(description="Quote what each row rests on.")] = True,  # noqa: FBT002
    ) -> sparql.Table:
        """Ask the graph in SPARQL. Plain triples hold what some article states as fact: ?model kg:developer ?company.

        Names are rdfs:label, types are classes such as kg:Company. Statement nodes (rdf:subject, rdf:predicate,
        rdf:object, kg:stance, prov:wasDerivedFrom/oa:exact) hold the rest as well.
        """
        return sparql.ask(pool, query, limit=limit, evidence=evidence)
