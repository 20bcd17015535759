"""Finds a student's file and reads it into a Submission."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course.course_folder import find_course_folder, module_folder
from course_runtime.course.decoding import python_text
from course_runtime.course.errors import CourseError
from course_runtime.course.folder_files import FolderFiles, read_file, read_folder, read_named
from course_runtime.course.given import given_files, given_sources
from course_runtime.course.model import MAIN_NOTEBOOK, MAIN_SOURCE, Module
from course_runtime.course.notebook_source import LARGEST_NOTEBOOK, notebook_source
from course_runtime.course.picking import SUFFIXES, Picked, pick
from course_runtime.course.submission import Submission

OWN_NAMES = (MAIN_SOURCE, MAIN_NOTEBOOK)


def find_submission(module: Module, where: Path | None, cwd: Path) -> Submission:
    """`where` may be a .py or .ipynb file, or a folder; without it the course folder is searched."""
    target = find_target(module, where, cwd)
    given = given_sources(module)
    picked = Picked(target) if target.is_file() else pick(module, target, given[module.main_file])
    submission = _read_main(module, picked, given)
    _add_siblings(submission, _siblings(module, picked.path, alone=target.is_file()))
    _add_what_is_missing(submission)
    return submission


def find_target(module: Module, where: Path | None, cwd: Path) -> Path:
    if where is not None:
        return _named(module, cwd / where)
    course = find_course_folder(cwd)
    if course is None:
        raise CourseError(
            f"{cwd} is not in a course folder.",
            "Go to your course folder, make one with `workshop start`, or name the file to check.",
        )
    folder = module_folder(course, module)
    if not folder.is_dir():
        raise CourseError(
            f"{folder} is not there: {module.short} is not in this course folder.",
            f"Run `workshop start` in {course} to get what is missing, or name the file to check.",
        )
    return folder


def _named(module: Module, target: Path) -> Path:
    if target.is_dir():
        inside = (target / module.name, target / "exercises" / module.name)
        return next((folder for folder in inside if folder.is_dir()), target)
    if not target.exists():
        raise CourseError(f"{target} does not exist.", "Look at the spelling of the path.")
    if target.suffix.lower() not in SUFFIXES:
        raise CourseError(f"{target} is neither a .py nor an .ipynb file.", "Name the file you worked in.")
    return target


def _read_main(module: Module, picked: Picked, given: dict[str, str]) -> Submission:
    path, main = picked.path, module.main_file
    if path.suffix.lower() == ".ipynb":
        notebook = notebook_source(read_file(path, LARGEST_NOTEBOOK), path.name)
        sources, lines = {main: notebook.text}, notebook.cell_lines
        return Submission(module, path, "ipynb", sources, given, note=picked.note, cell_lines=lines)
    text = python_text(read_file(path, LARGEST_NOTEBOOK), path.name)
    return Submission(module, path, "py", {main: text}, given, note=picked.note, origins={main: path})


def _siblings(module: Module, path: Path, alone: bool) -> FolderFiles:
    """A file with a name of its own may lie among other students' files: take only what the module names."""
    root = _root_of(module, path)
    if alone and path.name not in (*OWN_NAMES, module.main_file):
        return read_named(root, (*module.files, *module.extra))
    return read_folder(root)


def _root_of(module: Module, path: Path) -> Path:
    depth = len(Path(module.main_file).parts) if path.name == Path(module.main_file).name else 1
    return path.parents[depth - 1]


def _add_siblings(submission: Submission, found: FolderFiles) -> None:
    module, root = submission.module, _root_of(submission.module, submission.path)
    for name, content in found.files.items():
        if name in (module.main_file, MAIN_NOTEBOOK) or root / name == submission.path:
            continue
        if name.endswith(".py") and (text := _sibling_text(module, name, content)) is not None:
            submission.sources[name] = text
            submission.origins[name] = root / name
        else:
            submission.files[name] = content
    if found.left_out:
        shown = ", ".join(found.left_out)
        submission.note = f"{submission.note} Too large or too many to take along: {shown}.".strip()


def _sibling_text(module: Module, name: str, content: bytes) -> str | None:
    """A scrap beside the exercise must not stop the check; a file that the module names must be right."""
    try:
        return python_text(content, name)
    except CourseError:
        if name in module.files:
            raise
        return None


def _add_what_is_missing(submission: Submission) -> None:
    absent = [name for name in submission.given if name not in submission.sources]
    for name in absent:
        submission.sources[name] = submission.given[name]
    for name, content in given_files(submission.module).items():
        if name not in submission.files and name not in submission.sources:
            submission.files[name] = content
    if absent:
        names = ", ".join(absent)
        submission.note = f"{submission.note} Not found beside it, so taken as given: {names}.".strip()
