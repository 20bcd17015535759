from __future__ import annotations

from course_runtime.course.lesson import TalkingPoint, talking_points

README = """\
# The title

Not a section.

## Who pays?

Somebody does, *as a rule*:
and this line goes on:

    an example

Not any more.

## A table

| a | b |
|---|---|

### Deeper

After the table.

## Code

```sh
## no heading
ls
```

1. a list

## The end
"""


def test_each_section_has_its_heading_and_first_paragraph() -> None:
    assert talking_points(README) == [
        TalkingPoint("Who pays?", "Somebody does, *as a rule*: and this line goes on."),
        TalkingPoint("A table.", "After the table."),
        TalkingPoint("Code.", ""),
        TalkingPoint("The end.", ""),
    ]


def test_a_lesson_without_sections_has_none() -> None:
    assert talking_points("# Basics\n\nNumbers come in files.\n") == []
