"""The process that workers are born from: it reads the graph once, and forks them when it is told to."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

from kg.errors import KgError
from kg.serve import data
from kg.serve.worker import prepare, work

_CHILD = "from kg.serve.nursery import main; main()"
_ORDER = struct.Struct(">cI")
_REPLY = struct.Struct(">i")
_FORK, _KILL = b"f", b"k"
_READY = b"ready"


class Nursery:
    """The server's end: `fork` and `kill` may be called from any thread. Raises KgError if the graph can't be read."""

    def __init__(self, path: Path, *, memory: int, size: int) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        setting = json.dumps([theirs.fileno(), str(path), memory, size])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-c", _CHILD, setting], pass_fds=[theirs.fileno()], env=environment
            )
        said = self._line()
        if said != _READY:
            self.close()
            raise KgError(said.decode() or "the process that reads the graph ended before it was done")

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker: its process id and the socket that leads to it. Raises OSError if there is no nursery."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                socket.send_fds(self._control, [_ORDER.pack(_FORK, 0)], [theirs.fileno()])
                return self._reply(), ours
        except BaseException:
            ours.close()
            raise

    def kill(self, pid: int) -> int:
        """Ends a worker; the signal that had ended it before, or 0 where that is not known."""
        try:
            with self._lock:
                self._control.sendall(_ORDER.pack(_KILL, pid))
                return self._reply()
        except OSError:  # the nursery is gone, and nobody else would end its workers
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            return 0

    def close(self) -> None:
        """Ends the nursery and with it all workers."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _reply(self) -> int:
        found = self._control.recv(_REPLY.size)
        if len(found) < _REPLY.size:
            raise ConnectionError("the process that workers are born from is gone")
        return int(_REPLY.unpack(found)[0])

    def _line(self) -> bytes:
        with self._control.makefile("rb", buffering=0) as file:
            return file.readline().rstrip(b"\n")


def main() -> NoReturn:
    """The other end, in a process of its own."""
    descriptor, path, memory, size = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    control = socket.socket(fileno=descriptor)
    try:
        source = data.Source(Path(path))
    except KgError as error:
        control.sendall(" ".join(str(error).split()).encode() + b"\n")
        sys.exit(0)
    prepare()
    gc.collect()
    gc.freeze()  # so that workers share these pages
    control.sendall(_READY + b"\n")
    sys.exit(_obey(control, source, memory, size))


def _obey(control: socket.socket, source: data.Source, memory: int, size: int) -> int:
    """Forks and kills as told, until the server is gone; then nobody is left behind."""
    living: set[int] = set()
    try:
        while (order := _order(control)) is not None:
            name, number, descriptor = order
            if name == _FORK:
                pid = os.fork()
                if not pid:
                    control.close()
                    _live(descriptor, source, memory, size)
                os.close(descriptor)
                living.add(pid)
                control.sendall(_REPLY.pack(pid))
            else:
                control.sendall(_REPLY.pack(_end(number) if number in living else 0))
                living.discard(number)
    except OSError:
        pass
    finally:
        for pid in living:
            _end(pid)
    return 0


def _order(control: socket.socket) -> tuple[bytes, int, int] | None:
    message, descriptors, _, _ = socket.recv_fds(control, _ORDER.size, 1)
    if len(message) < _ORDER.size:
        return None
    name, number = _ORDER.unpack(message)
    return name, number, descriptors[0] if descriptors else -1


def _live(descriptor: int, source: data.Source, memory: int, size: int) -> NoReturn:
    """In the worker; it leaves without what an interpreter does at its end."""
    code = 1
    try:
        with socket.socket(fileno=descriptor) as connection, source.opened() as store:
            work(connection, store, memory=memory, size=size)
        code = 0
    finally:
        os._exit(code)


def _end(pid: int) -> int:
    """Ends a child; the signal that had ended it before, or 0."""
    with contextlib.suppress(ChildProcessError):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return 0
