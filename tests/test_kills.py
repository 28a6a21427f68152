from tests.soak import kills


def test_killed_builds_and_decisions_never_mix_two_runs():
    """Takes longer than a test should: runs that may end are compared with those killed. `make soak` kills 200."""
    assert kills.soak(seed=5, count=3).startswith("3 kills hit")
