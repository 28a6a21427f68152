from tests.soak import kills


def test_killed_builds_and_decisions_never_mix_two_runs():
    """Takes longer than a test should: each kill is a process of its own. `make soak` does two hundred."""
    assert " of 3 kills" in kills.soak(seed=5, count=3)
