"""A process that does hostile work for a part of the soak, and may be ended: what it says, or how it broke.

The part's module has `work(task)`, which returns text; KgError is a refusal, all else that it raises is a fault. What
takes long once can be done in `prepare()`.
"""

from __future__ import annotations

import base64
import importlib
import json
import resource
import select
import signal
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMORY = 4 << 30
"""Bytes of address space: a process that wants more ends, and that counts as a fault."""
BUSY = 60
"""How many times as long as its CPU time a task may take by the clock, for it waits rather than works."""


class Worker:
    """Answers tasks one after the other; one of more than `seconds` of CPU ends the process, and another begins."""

    def __init__(self, module, *, seconds):
        self.module, self.seconds, self.process = module, seconds, None

    def ask(self, task):
        """("said" | "refused", text), or ("stopped", "") after the time. AssertionError if it broke."""
        if self.process is None:
            command = [sys.executable, "-m", "tests.soak._worker", self.module, str(self.seconds)]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
            self.process.stdout.readline()  # it is ready
        self.process.stdin.write(json.dumps(task).encode() + b"\n")
        self.process.stdin.flush()
        waited = select.select([self.process.stdout], [], [], BUSY * self.seconds)[0]
        line = self.process.stdout.readline() if waited else b""
        if not line:
            code = self.process.wait() if waited else -signal.SIGPROF
            self.close()
            if code == -signal.SIGPROF:
                return "stopped", ""
            raise AssertionError(f"the process ended with {code} at {shown(task)}")
        kind, text = json.loads(line)
        assert kind != "broke", f"{text}\nat {shown(task)}"
        assert kind != "refused" or "\n" not in text, f"a refusal of several lines: {text!r}\nat {shown(task)}"
        return kind, text

    def close(self):
        """Ends the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def shown(task):
    """What is needed to do it again."""
    text = json.dumps(task)
    return text if len(text) < 2000 else f"{text[:1000]} … {text[-500:]} ({len(text)} characters)"


def pack(data):
    """Bytes for a task."""
    return base64.b64encode(data).decode()


def unpack(text):
    """The bytes of a task."""
    return base64.b64decode(text)


def main():
    """The other end."""
    from kg.errors import KgError

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    module = importlib.import_module(sys.argv[1])
    getattr(module, "prepare", lambda: None)()
    print(flush=True)  # noqa: T201 - the protocol
    for line in sys.stdin:
        try:
            signal.setitimer(signal.ITIMER_PROF, float(sys.argv[2]))  # ends the process, in the midst of the engine too
            answer = "said", module.work(json.loads(line))
        except KgError as error:
            answer = "refused", str(error)
        except BaseException:  # noqa: BLE001 - that is what is looked for
            answer = "broke", traceback.format_exc()
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps(answer), flush=True)  # noqa: T201 - the protocol


if __name__ == "__main__":
    main()
