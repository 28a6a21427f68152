"""The command `kg`, and `python -m kg`: a query in plain words is answered at once, all else goes to `kg.cli`.

To read the options, typer needs pydantic, and both take longer than most queries do. A test names what this way may
not import, since half of a short query's time is importing.
"""

from __future__ import annotations

import gc
import getopt
import os
import sys
from typing import Any, NoReturn

from kg import settings

_SHORT = {"-e": "--evidence", "-f": "--file", "-n": "--name", "-o": "--outputs", "-p": "--param"}
_LONG = ("evidence", "endpoint=", "file=", "format=", "json", "name=", "outputs=", "param=", "timeout=")


def main() -> NoReturn:
    """Runs the command line; see `kg.cli.main` for how it ends."""
    asked = None if settings.given() else plain(sys.argv[1:])
    if asked is None:
        from kg.cli import main as others

        others()
    try:
        gc.disable()  # modules are no garbage, and to look for some takes a tenth of the time
        from kg.query.command import Call, answer

        gc.enable()
        sys.stdout.write(answer(Call(**asked, width=_width())))
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - told there, or raised again
        from kg.cli import end

        end(error)
    os._exit(0)  # all is written and closed; to take the interpreter down in order takes a tenth of the time


def _width() -> int | None:
    """That of the terminal, None where there is none."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def plain(words: list[str]) -> dict[str, Any] | None:
    """The options of `kg query` by their names in `kg.query.command.Call`; None for whatever typer should look at."""
    if words[:1] != ["query"] or not _known(words):
        return None
    found, form = dict[str, Any](param=[]), ""
    try:
        options, sparql = getopt.gnu_getopt(words[1:], "ef:n:o:p:", _LONG)
        for option, value in options:
            name = _SHORT.get(option, option)[2:]
            if name == "param":
                found["param"].append(value)
            elif name == "json":
                form = "json"
            else:
                found["form" if name == "format" else name] = True if name == "evidence" else value
        if "timeout" in found:
            found["timeout"] = float(found["timeout"])
    except (getopt.GetoptError, ValueError):
        return None
    if form:
        found["form"] = form
    if len(sparql) > 1 or not found.get("timeout", 0) >= 0:
        return None
    return found | {"sparql": sparql[0] if sparql else None}


def _known(words: list[str]) -> bool:
    """Whether all long options are written in full: getopt takes their beginnings as well."""
    long = (word[2:].partition("=")[0] for word in words if word.startswith("--"))
    return all(name in {known.rstrip("=") for known in _LONG} for name in long)


if __name__ == "__main__":
    main()
