"""A server in a process of its own, as `kg serve` starts it, and how it is asked."""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

DATA = "http://data.example/"
TRIG = """
@prefix : <http://data.example/> .
:d :in "default" .
:one { :one a :Graph ; :in "one" }
:two { :two a :Graph ; :in "two" }
:three { :three a :Graph ; :in "three" }
"""
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@dataclasses.dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclasses.dataclass
class Server:
    """One that runs."""

    address: str
    process: subprocess.Popen

    def ask(self, method, path, *, body=None, headers=None, timeout=30) -> Reply:
        """One request, with no header but those given, Host and Content-Length."""
        place = urlsplit(self.address)
        with contextlib.closing(http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)) as connection:
            connection.putrequest(method, path, skip_accept_encoding=True, skip_host="Host" in (headers or {}))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            found = connection.getresponse()
            head = {name.lower(): value for name, value in found.getheaders()}
            return Reply(found.status, head, found.read())

    def get(self, path, *, accept=None, **headers) -> Reply:
        """By GET."""
        return self.ask("GET", path, headers={**({"Accept": accept} if accept else {}), **headers})

    def query(self, sparql, *, accept=None, **parameters) -> Reply:
        """A query by GET."""
        return self.get("/sparql?" + urlencode({"query": sparql, **parameters}, doseq=True), accept=accept)

    def post(self, body, media=None, *, query="", accept=None) -> Reply:
        """Something by POST."""
        headers = {"Content-Type": media} if media else {}
        headers |= {"Accept": accept} if accept else {}
        data = body.encode() if isinstance(body, str) else body
        return self.ask("POST", "/sparql" + query, body=data, headers=headers)

    @property
    def offspring(self) -> list[int]:
        """The processes below it, workers included."""
        shown = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        parents = {int(pid): int(parent) for pid, parent in map(str.split, shown.splitlines())}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found - {self.process.pid})


@contextlib.contextmanager
def serving(path, *options) -> Iterator[Server]:
    """`kg serve` over a folder or file, at any port that is free; Ctrl-C ends it."""
    command = [sys.executable, "-m", "kg", "serve", str(path), "--port", "0", *map(str, options)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        line = process.stdout.readline()
        assert line.startswith("http://"), process.stderr.read()
        yield Server(line.split()[0], process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
            raise
    assert "Traceback" not in said, said
