"""A web site on loopback that says, byte by byte, what it is told to say, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socketserver
import threading

ADDRESS = "127.0.0.1"


def answer(body=b"", status="200 OK", type_="text/html; charset=utf-8", *more, length=None):
    """An answer in HTTP/1.1, with further fields as given."""
    fields = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body) if length is None else length}"]
    fields += [f"Content-Type: {type_}"] if type_ else []
    return "\r\n".join([*fields, *more, "", ""]).encode("utf-8") + body


class Site:
    """`pages`: by path an answer's bytes, a list of answers in turn, or a function that is given a way to send."""

    def __init__(self, port):
        self.pages, self.asked, self.fields = {}, [], []
        self.url = f"http://{ADDRESS}:{port}"

    def handle(self, stream, send):
        path = stream.readline().decode("latin-1").split()[1]
        lines = iter(stream.readline, b"\r\n")
        self.fields.append(
            {name.lower(): value.strip() for name, _, value in (x.decode().partition(":") for x in lines)}
        )
        self.asked.append(path)
        page = self.pages.get(path, answer(b"nothing here", "404 Not Found"))
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        with contextlib.suppress(OSError):  # the other side has left
            if callable(page):
                page(send)
            else:
                send(page)


@contextlib.contextmanager
def site():
    """The site, answering."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            here.handle(self.rfile, self.request.sendall)

    with socketserver.ThreadingTCPServer((ADDRESS, 0), Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        here = Site(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield here
        server.shutdown()
