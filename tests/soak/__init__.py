"""Hostile input in large numbers: each module here is a part, run by `python -m tests.soak` (`make soak`).

A part has a docstring whose first line says what it does, `COUNT` (how often it tries unless told otherwise) and
`soak(seed, count)`, which draws its input from `random.Random(seed)`, raises AssertionError (or whatever broke) with
what is needed to see it again, and returns one line of figures. Modules whose name begins with _ are shared by parts.
"""
