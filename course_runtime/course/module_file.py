"""Reads solutions/moduleN_name/module.toml."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from course_runtime.course.errors import CourseError
from course_runtime.course.model import MAIN_SOURCE, DocLink, Module, QuizQuestion, Todo
from course_runtime.course.toml_file import Table, read_toml

FORMAT = 1
FOLDER_NAME = re.compile(r"module(\d+)_([a-z0-9_]+)")
TODO_ID = re.compile(r"\d+\.\d+")
IMPORT_SETS = ("plain", "data", "azure", "azure-data", "azure-learning", "tensorflow")
MODULE_KEYS = ("format", "title", "minutes", "tracks", "imports", "files", "extra", "summary", "slow", "todo")
TODO_KEYS = ("id", "title", "points", "minutes", "docs", "hints", "tracks", "quiz")


def number_of(folder: Path) -> int:
    return int(_parts_of(folder)[0])


def names_of(folder: Path) -> tuple[str, ...]:
    """What a module may be called."""
    number, word = _parts_of(folder)
    return number, f"module{number}", folder.name, word


def _parts_of(folder: Path) -> tuple[str, str]:
    named = FOLDER_NAME.fullmatch(folder.name)
    if named is None:
        raise CourseError(
            f"{folder} is not a module folder: expected a name like module4_features.", "Rename the folder."
        )
    return named.group(1), named.group(2)


def load_module(folder: Path) -> Module:
    number = number_of(folder)
    table = read_toml(folder / "module.toml")
    _require_format(table)
    table.only(*MODULE_KEYS)
    return Module(
        number=number,
        name=folder.name,
        title=table.text("title"),
        minutes=table.whole("minutes"),
        summary=table.text("summary", ""),
        tracks=table.texts("tracks", ()),
        imports=_import_set(table),
        files=_paths_inside(table, "files", (MAIN_SOURCE,)),
        extra=_paths_inside(table, "extra", ()),
        slow=table.truth("slow", False),
        todos=tuple(_todo(row) for row in table.tables("todo")),
        root=folder.parent.parent,
    )


def _require_format(table: Table) -> None:
    found = table.whole("format")
    if found > FORMAT:
        raise CourseError(
            f"{table.file} has format {found}; this kit reads format {FORMAT}.", "Update the kit."
        )
    if found < FORMAT:
        raise CourseError(f"{table.file} has format {found}; expected {FORMAT}.", f"Set format = {FORMAT}.")


def _import_set(table: Table) -> str:
    name = table.text("imports", "plain")
    if name not in IMPORT_SETS:
        raise CourseError(
            f"{table.file} has imports = {name!r}.", f"Choose one of: {', '.join(IMPORT_SETS)}."
        )
    return name


def _paths_inside(table: Table, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    names = table.texts(key, default)
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name or name == ".":
            raise CourseError(
                f"{table.file} has {name!r} in {key}: expected a plain path inside the module's folder.",
                "Write it like exercise.py or data/rows.csv.",
            )
    if key == "files" and not names:
        raise CourseError(f"{table.file} has an empty list of files.", 'Write files = ["exercise.py"].')
    return names


def _todo(row: Table) -> Todo:
    row.only(*TODO_KEYS)
    todo_id = row.text("id")
    if not TODO_ID.fullmatch(todo_id):
        raise CourseError(f"{row.file}, {row.place}, has id = {todo_id!r}.", 'Write it like id = "4.2".')
    return Todo(
        id=todo_id,
        title=row.text("title"),
        points=row.whole("points"),
        minutes=row.whole("minutes", 0),
        docs=tuple(DocLink(link.text("title"), link.text("url")) for link in row.tables("docs")),
        hints=row.texts("hints", ()),
        tracks=row.texts("tracks", ()),
        quiz=tuple(_question(question) for question in row.tables("quiz")),
    )


def _question(row: Table) -> QuizQuestion:
    row.only("question", "options", "answer", "why")
    return QuizQuestion(row.text("question"), row.texts("options"), row.text("answer"), row.text("why"))
