"""What a student hands in: their sources, their other files, and what they did to each TODO."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

from course_runtime.course.code_tokens import code_tokens
from course_runtime.course.model import Module
from course_runtime.course.place import Place
from course_runtime.course.regions import Region, body, by_todo, find_regions
from course_runtime.course.syntax import SyntaxProblem, syntax_problem

TodoState = Literal["untouched", "edited", "missing"]


@dataclass
class Submission:
    """`sources` is keyed by the module's names (exercise.py), whatever the student's file is called."""

    module: Module
    path: Path
    kind: Literal["py", "ipynb"]
    sources: dict[str, str]
    given: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)
    note: str = ""
    origins: dict[str, Path] = field(default_factory=dict)
    cell_lines: tuple[tuple[int, int], ...] = ()

    @cached_property
    def syntax_error(self) -> SyntaxProblem | None:
        """The first one, in the order of the module's files."""
        for name in [*self.module.files, *self.sources]:
            if name in self.sources:
                problem = syntax_problem(self.sources[name], partial(self.where, name))
                if problem:
                    return problem
        return None

    def where(self, source: str, line: int) -> Place:
        """From a line of `sources[source]`, counting from 1, to the place in the student's own file."""
        if source == self.module.main_file and self.cell_lines:
            cell, cell_line = self.cell_lines[max(0, min(line, len(self.cell_lines)) - 1)]
            return Place(self.path, cell_line, cell)
        return Place(self.origins.get(source, Path(source)), line)

    def state(self, todo_id: str) -> TodoState:
        self.module.todo(todo_id)
        expected = self.regions_in(self.given, todo_id)
        present = self.regions_in(self.sources, todo_id)
        if not present or any(len(present.get(name, [])) < len(own) for name, own in expected.items()):
            return "missing"
        untouched = all(
            self._untouched(name, region, expected.get(name, []), position)
            for name, own in present.items()
            for position, region in enumerate(own)
        )
        return "untouched" if untouched else "edited"

    def state_message(self, todo_id: str) -> str:
        """A sentence for the states a student must mend; empty when there is nothing to say."""
        state = self.state(todo_id)
        if state == "untouched":
            return f"TODO {todo_id} is not started in {self.path.name}."
        if state == "missing":
            return (
                f"The markers of TODO {todo_id} (`# TODO {todo_id}`, `# END TODO`) are damaged or gone"
                f" in {self.path.name}."
                f" `workshop reset {todo_id}` puts them back (your file is kept as a backup)."
            )
        return ""

    def regions_in(self, sources: dict[str, str], todo_id: str) -> dict[str, list[Region]]:
        """By file. A copy that the student keeps beside the module's own files does not count."""
        own_files = {name: text for name, text in sources.items() if name in self.module.files}
        found = {name: by_todo(find_regions(text)).get(todo_id, []) for name, text in own_files.items()}
        return {name: own for name, own in found.items() if own}

    def _untouched(self, name: str, region: Region, given: list[Region], position: int) -> bool:
        tokens = code_tokens("\n".join(body(self.sources[name], region)))
        if _is_placeholder(tokens, region.todo):
            return True
        if position >= len(given):
            return False
        return tokens == code_tokens("\n".join(body(self.given[name], given[position])))


def _is_placeholder(tokens: tuple[str, ...], todo_id: str) -> bool:
    """Also true of a placeholder from an older edition of the exercise, whose task read differently."""
    words = [token for token in tokens if token != "NEWLINE"]
    return (
        len(words) == 5
        and words[:3] == ["raise", "NotImplementedError", "("]
        and words[3].lstrip("\"'").startswith(f"TODO {todo_id}:")
    )
