"""Steps of nbgrader's pipelines, put in by configuration: TODOs emptied, points given, students' markup made text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Unicode

from course_runtime.classroom.book import Book
from course_runtime.classroom.nbgrader.cell import check_folder
from course_runtime.classroom.nbgrader.outputs import message_of, outputs_of
from course_runtime.course import POINTS_PREFIX, exercise_text, find_regions, is_points_cell
from course_runtime.grading import Result, TodoResult

UNDONE = "No points: {message}"
TAG = re.compile(r"<(?=[A-Za-z/!?])")


class ClearTodos(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of ClearSolutions: each TODO has a placeholder of its own."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.cell_type == "code" and find_regions(cell.source):
            cell.source = exercise_text(cell.source, f"cell {cell_index + 1}")
        return cell, resources


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of Execute: the points of the kit's check, as if the cells had said so."""

    grades = Unicode("", help="A gradebook of the kit in which everybody is graded already.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        cells = [cell for cell in nb.cells if is_points_cell(cell)]
        result, problem = self._judged(resources)
        todos = {todo.id: todo for todo in result.todos} if result else {}
        for count, cell in enumerate(cells, 1):
            cell.execution_count = count
            todo = todos.get(_todo_of(cell))
            cell.outputs = _nodes(_message(todo, problem), todo.points if todo else 0.0, count)
        for cell in nb.cells:
            if cell.cell_type == "code" and is_grade(cell) and cell not in cells:
                raise ValueError(
                    f"{cell.metadata.nbgrader.grade_id} is no cell of the kit's: grade with `--kernel`."
                )
        return nb, resources

    def _judged(self, resources: Any) -> tuple[Result | None, str]:
        about = resources["nbgrader"]
        if not self.grades:
            return check_folder(about["assignment"], Path(resources["metadata"]["path"])), ""
        book = Book(Path(self.grades))
        try:
            entry = book.entry(about["assignment"], about["student"])
            return entry.result, entry.message
        finally:
            book.close()


class TagsAsText(NbGraderPreprocessor):  # type: ignore[misc]
    """Feedback and formgrader show a student's Markdown as it is: a script in it would run in the reader's browser."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.cell_type != "code":
            cell.source = TAG.sub("&lt;", cell.source)
            cell.pop("attachments", None)
        return cell, resources


def _todo_of(cell: Any) -> str:
    return str(cell.metadata.nbgrader.grade_id).removeprefix(POINTS_PREFIX).replace("-", ".")


def _message(todo: TodoResult | None, problem: str) -> str:
    return message_of(todo) if todo else UNDONE.format(message=problem or "this TODO is not in the result.")


def _nodes(message: str, points: float, count: int) -> list[Any]:
    from nbformat.notebooknode import from_dict

    return [
        from_dict(output)  # type: ignore[no-untyped-call, unused-ignore]
        for output in outputs_of(message, points, count)
    ]
