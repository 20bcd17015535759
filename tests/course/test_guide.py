from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.catalogue import Catalogue, load_catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.guide import track_guide
from course_runtime.course.model import Module


def rows(text: str, beginning: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginning)]


def test_the_agenda_has_every_part_with_its_time_and_todos(catalogue: Catalogue) -> None:
    text = track_guide("half-day", catalogue)
    assert "# Half a day\n" in text
    assert rows(text, "| 0:00 | 0:30 |") == [
        "| 0:00 | 0:30 | First | 0.2, 3.1; not in the kit yet: Module 5, Module 5 |"
    ]
    assert rows(text, "| 0:30 | 1:00 |") == [
        "| 0:30 | 1:00 | Second | not in the kit yet: Module 4, Not written yet |"
    ]


def test_the_minutes_are_those_of_the_modules_shared_out_in_the_part(catalogue: Catalogue) -> None:
    """3.1 says nothing of its minutes, so it gets none of the part's."""
    text = track_guide("half-day", catalogue)
    assert rows(text, "| 0:00 | 30 min |") == ["| 0:00 | 30 min | 0.2 Add the numbers up | 10 min | 3 |"]
    assert "30 minutes. Somebody who works alone needs 10 for these TODOs." in text


def test_mistakes_and_questions_stand_with_their_todo(catalogue: Catalogue, basics: Module) -> None:
    (basics.folder / "chaff" / "both.py").write_text(
        "# chaff: 0.1, 0.2\n# why: Mixed them up.\n# TODO 0.1 x\nNAME = 1\n# END TODO\n"
    )
    (basics.folder / "README.md").write_text("# Basics\n\n## Files\n\nThey hold numbers.\n")
    text = track_guide("half-day", catalogue)
    assert text.count("- **Files.** They hold numbers.") == 1
    section = text.split("#### 0.2")[1].split("\n#")[0]
    assert "- Common mistake: Counted instead of adding." in section
    assert "- Common mistake: Mixed them up." in section
    assert "None for a name" not in text  # a mistake of 0.1, which this track leaves out
    assert "- Ask: What is the sum of nothing? *0.* Adding nothing leaves zero." in section
    assert "[sum](https://docs.python.org/3/library/functions.html#sum)" in section


def test_a_todo_that_the_module_lacks_is_told(catalogue: Catalogue) -> None:
    tracks = catalogue.root / "tracks.toml"
    tracks.write_text(tracks.read_text().replace('"0.2", "3.1"', '"0.2", "0.9"'))
    assert "*TODO 0.9 is not in the kit yet.*" in track_guide("half-day", load_catalogue(catalogue.root))


def test_every_track_of_the_kit_has_a_guide() -> None:
    kit = load_catalogue(Path(__file__).parents[2])
    for track in kit.tracks.tracks:
        text = track_guide(track.name, kit)
        assert len(rows(text, "## Part ")) == len(track.parts)
        assert "- Common mistake: " in text and "- **" in text


def test_an_unknown_track_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(CourseError, match="no track 'week'"):
        track_guide("week", catalogue)
