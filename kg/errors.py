"""The two kinds of failure: skip this one input and go on, or stop the run."""

from __future__ import annotations


class KgError(Exception):
    """Stops the run. The message is one line: what was found, what was expected, what to do."""


class SkipDocument(Exception):  # noqa: N818 - it is not an error of ours
    """Leaves one input out and lets the rest go on. The message is the reason, one line, without the path."""
