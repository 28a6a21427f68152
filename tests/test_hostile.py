from tests.soak import files


def test_odd_and_hostile_files_are_read_or_told_of():
    """Takes longer than a test should: every kind of file is to come up. `make soak` does ten thousand."""
    assert files.soak(seed=2, count=30).startswith("30 files")
