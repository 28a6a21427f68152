"""Dask's executor, for more than one machine. Needs distributed, an extra."""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
from collections.abc import Iterator

from kg.errors import KgError

_TRIES = 2  # of the cluster's own, where a worker is lost; after that we ask again


@contextlib.contextmanager
def dask(*, scheduler: str | None = None, jobs: int = 1) -> Iterator[cf.Executor]:
    """The executor of the cluster whose scheduler has this address, or of one made here with `jobs` workers.

    The workers need `kg` in the same version, and the same model, since what they read is kept as ours. Raises KgError
    where dask is not installed or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise KgError("dask is not installed: pip install 'ai-industry-kg[dask]'") from None
    try:
        client = (
            Client(scheduler) if scheduler else Client(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
        )
    except (OSError, ValueError) as error:
        raise KgError(
            f"no scheduler of dask's answers at {scheduler} ({error}): start one with: dask scheduler"
        ) from error
    with client:
        yield client.get_executor(retries=_TRIES)
