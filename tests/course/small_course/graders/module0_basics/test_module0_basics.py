def test_nothing_yet() -> None:
    """The small course is never graded: only its layout matters."""
