"""For `nbgrader zip_collect`: whose a downloaded file is, by the names that Canvas, Moodle and people give."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin

from course_runtime.classroom.labels import label_of_file
from course_runtime.classroom.nbgrader.building import NOTEBOOK


class NamesOfPlatforms(FileNameCollectorPlugin):  # type: ignore[misc]
    """nbgrader's own asks the instructor for a regular expression; one that is given counts here too."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        if self.named_regexp:
            given: dict[str, str] | None = super().collect(submitted_file)
            return given
        path = Path(submitted_file)
        if path.suffix not in self.valid_ext:
            return None
        folders = path.parts
        below = len(folders) - folders[::-1].index(self.parent.extracted_directory)
        student, name = student_and_file(folders[below:], self.parent.coursedir.assignment_id)
        return {"student_id": student, "file_id": name}


def student_and_file(inside: Sequence[str], assignment: str) -> tuple[str, str]:
    """Of a path in what was unpacked: a platform's name for a file, else the folder's, else the file's own."""
    name = inside[-1]
    label = label_of_file(name)
    if label.file != name:
        return label.student, label.file
    folders = [folder for folder in inside[:-1] if folder.split("_")[0] != assignment]
    if folders:
        # As the archive was called that it was made of.
        return label_of_file(f"{folders[-1]}.zip").student, name
    return label.student, NOTEBOOK if name.endswith(".ipynb") else name
