"""The addresses of the server, and what stands behind each: a Starlette application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import vocab
from kg.serve import formats, openapi, pages, protocol, things
from kg.serve.frames import Answer
from kg.serve.guard import LOOPBACK, Guard
from kg.serve.picture import Picture
from kg.serve.pool import Pool
from kg.serve.protocol import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

BODY = 1 << 20
"""Bytes of a request's body."""

_UPLOAD = 10
"""Seconds in which it has to arrive."""

_PAGES = (*formats.TRIPLES, formats.HTML)


def make(pool: Pool, path: Path, *, hosts: Collection[str] = (), origins: Collection[str] = ()) -> Starlette:
    """The application over a pool of workers and the page in `path`.

    `hosts` are names beside localhost under which it may be asked, `origins` web sites beside those of this machine
    whose pages may read the answers, "*" for all.
    """
    routes = [
        Route("/", _picture),
        Route("/sparql", _sparql, methods=["GET", "POST"]),
        Route("/sparql/", _sparql, methods=["GET", "POST"]),
        Route("/about", _about),
        Route("/health", _health),
        Route("/openapi.json", _openapi),
        Route("/static/{name}", _static),
        Route("/{path:path}", _thing),
    ]
    cross = Middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_origin_regex=LOOPBACK,
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        max_age=3600,
    )

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool, app.state.picture = pool, Picture(path)
        try:
            await pool.start()
            yield
        finally:
            app.state.picture.close()
            await pool.close()

    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts), cross],
        lifespan=lifespan,
        exception_handlers={RefusedError: _refused},
    )


async def _sparql(request: Request) -> Response:
    """The endpoint; without a query the editor for people, and what the service can do for machines."""
    accept, given = _accept(request), protocol.fields(request.scope["query_string"], "the address")
    if request.method == "POST":
        task = protocol.by_post(request.headers.get("content-type", ""), given, await _body(request), accept)
    elif any(name in ("query", "update") for name, _ in given):
        task = protocol.by_get(given, accept)
    elif formats.best(accept, _PAGES) == formats.HTML:
        policy = pages.EDITOR_POLICY if pages.has_yasgui() else pages.POLICY
        return _html(pages.editor(), policy=policy)
    elif media := formats.best(accept, tuple(formats.TRIPLES)):
        return _varied(Response(openapi.description(str(request.url.replace(query="")), media), media_type=media))
    else:
        raise RefusedError(400, "there is no query; expected one, as the parameter query")
    return _answered(await _pool(request).ask(task, left=lambda: _left(request)))


async def _thing(request: Request) -> Response:
    """What is known of the thing whose IRI ends in this path."""
    try:
        path = unquote(request.scope["raw_path"].decode("ascii").partition("?")[0].removeprefix("/"), errors="strict")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the address is not in UTF-8") from error
    if path == "ontology":
        return _terms(request)
    return await _told(request, vocab.BASE + path)


async def _about(request: Request) -> Response:
    """The same for any IRI, as the parameter iri."""
    given = [value for name, value in protocol.fields(request.scope["query_string"], "the address") if name == "iri"]
    if len(given) != 1:
        raise RefusedError(400, "expected one IRI, as the parameter iri")
    return await _told(request, given[0])


async def _told(request: Request, iri: str) -> Response:
    if not things.valid(iri):
        raise RefusedError(404, "there is no such thing in the graph")
    media = _media(request)
    if media != formats.HTML:
        found = await things.described(_pool(request), iri, media)
        if found.status == 200 and not found.body:  # noqa: PLR2004
            raise RefusedError(404, "there is no such thing in the graph")
        return _varied(_answered(found))
    page = await things.page(_pool(request), iri)
    if isinstance(page, Answer):
        return _answered(page)
    if not page.about and not page.of:
        return _html(pages.trouble(404, f"There is no {iri} in the graph."), status=404)
    return _html(pages.thing(page))


def _terms(request: Request) -> Response:
    media = _media(request)
    if media == formats.HTML:
        return _html(pages.terms())
    return _varied(Response(things.vocabulary(media), media_type=formats.charset(media)))


async def _picture(request: Request) -> Response:
    """The page that `kg build` drew; for a file of RDF it is drawn when first asked for."""
    drawn: Picture = request.app.state.picture
    return Response(
        await drawn.read(), media_type=formats.HTML, headers={"Content-Security-Policy": "frame-ancestors 'none'"}
    )


async def _static(request: Request) -> Response:
    found = pages.static().get(request.path_params["name"])
    if found is None:
        raise RefusedError(404, "there is no such file")
    return Response(found[0], media_type=found[1], headers={"Cache-Control": "max-age=3600"})


async def _health(request: Request) -> Response:
    """Well if a worker answers."""
    found = await _pool(request).ask(protocol.by_get([("query", "ASK {}")], ""))
    well = found.status == 200  # noqa: PLR2004
    state = {"status": "ok" if well else "failing", "workers": _pool(request).alive}
    return JSONResponse(state, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})


async def _openapi(request: Request) -> Response:  # noqa: ARG001 - Starlette's form
    return JSONResponse(openapi.document())


async def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette's form
    status = error.status if isinstance(error, RefusedError) else 500
    return PlainTextResponse(f"{error}\n", status_code=status)


async def _body(request: Request) -> bytes:
    data = bytearray()
    try:
        async with asyncio.timeout(_UPLOAD):
            async for chunk in request.stream():
                data += chunk
                if len(data) > BODY:
                    raise RefusedError(413, f"the body is larger than {BODY >> 20} MB")
    except ClientDisconnect as error:
        raise RefusedError(400, "the body ended before its length") from error
    except TimeoutError as error:
        raise RefusedError(408, f"the body did not arrive within {_UPLOAD} s") from error
    return bytes(data)


async def _left(request: Request) -> None:
    """Returns when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _media(request: Request) -> str:
    """The format that is asked for: by `format` in the address, else by the Accept header."""
    wish = request.query_params.get("format", _accept(request))
    if not (media := formats.best(wish, _PAGES)):
        raise RefusedError(406, f"expected one of {', '.join(_PAGES)}")
    return media


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _pool(request: Request) -> Pool:
    found: Pool = request.app.state.pool
    return found


def _answered(found: Answer) -> Response:
    return _varied(Response(found.body, status_code=found.status, headers={"Content-Type": found.media}))


def _html(text: str, *, status: int = 200, policy: str = pages.POLICY) -> Response:
    data = text.encode("utf-8", "replace")
    return _varied(Response(data, status, {"Content-Security-Policy": policy}, "text/html; charset=utf-8"))


def _varied(response: Response) -> Response:
    """Which answer it is depends on what the client accepts."""
    response.headers.add_vary_header("Accept")
    return response
