"""What a course is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.errors import CourseError

MAIN_SOURCE = "exercise.py"
MAIN_NOTEBOOK = "exercise.ipynb"


@dataclass(frozen=True)
class DocLink:
    title: str
    url: str


@dataclass(frozen=True)
class QuizQuestion:
    question: str
    options: tuple[str, ...]
    answer: str
    why: str


@dataclass(frozen=True)
class Todo:
    id: str
    title: str
    points: int
    minutes: int = 0
    docs: tuple[DocLink, ...] = ()
    hints: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    quiz: tuple[QuizQuestion, ...] = ()

    def in_track(self, track: str) -> bool:
        return not self.tracks or track in self.tracks


@dataclass(frozen=True)
class Module:
    number: int
    name: str
    title: str
    minutes: int
    summary: str
    tracks: tuple[str, ...]
    imports: str
    files: tuple[str, ...]
    extra: tuple[str, ...]
    todos: tuple[Todo, ...]
    root: Path
    format: int = 1
    slow: bool = False
    """A check of all TODOs takes long: `dev check` holds its variants against those that they concern."""

    @property
    def short(self) -> str:
        return f"module{self.number}"

    @property
    def folder(self) -> Path:
        return self.root / "solutions" / self.name

    @property
    def exercise_folder(self) -> Path:
        return self.root / "exercises" / self.name

    @property
    def grader_folder(self) -> Path:
        return self.root / "graders" / self.name

    @property
    def main_file(self) -> str:
        """The source a lone submitted file stands for."""
        return MAIN_SOURCE if MAIN_SOURCE in self.files else self.files[0]

    @property
    def max_points(self) -> int:
        return sum(todo.points for todo in self.todos)

    def todo(self, todo_id: str) -> Todo:
        for todo in self.todos:
            if todo.id == todo_id:
                return todo
        known = ", ".join(todo.id for todo in self.todos)
        raise CourseError(f"{self.short} has no TODO {todo_id}.", f"Its TODOs are: {known}.")
