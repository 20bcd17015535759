"""Real nbgrader on a course of the kit's: released, graded in a kernel and in the sandbox, fed back, exported."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course_runtime.emulator import Places

from .answers import RIGHT, Notebook, answered, cell_called, code, hand_in
from .courses import Course, course_in

pytest.importorskip("nbgrader", reason='nbgrader comes with `pip install "azureml-workshop[classroom]"`')

PARTLY = {**RIGHT, "todo-1-3": RIGHT["todo-1-3"].replace('f"{price:.2f} EUR"', "None")}
HONEST = {"right": 10.0, "partly": 7.0, "open": 0.0, "noisy": 10.0}
SCRIPT = "<script>stolen()</script><img src=x onerror=stolen()><svg/onload=stolen()>"
OTHERS = {"unreadable": 0.0, "nameless": 10.0, "renamed": 10.0, "nothing": 0.0, "markup": 10.0}


@pytest.fixture(scope="module")
def course(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """Built and released, and handed in by everybody."""
    work = tmp_path_factory.mktemp("nbgrader")
    course = course_in(work, places)
    (work / "class.csv").write_text('student,name,email\nright,"Right, Ada",ada@example.org\n')
    course.workshop("nbgrader", "build", str(course.folder), "--roster", str(work / "class.csv"))
    course.nbgrader("generate_assignment", "module1")
    released = course.released()
    noisy = answered(released)
    noisy["cells"].append(code("import warnings\nwarnings.warn('no harm done')"))
    nameless = answered(released)
    for cell in nameless["cells"]:
        cell["metadata"] = {}
    hand_in(
        course.folder, "right", answered(released, {**RIGHT, "reflection": "I chose min, for it says it."})
    )
    hand_in(course.folder, "partly", answered(released, PARTLY))
    hand_in(course.folder, "open", released)
    hand_in(course.folder, "noisy", noisy)
    hand_in(course.folder, "markup", _with_markup(answered(released)))
    hand_in(course.folder, "unreadable", json.dumps(answered(released))[:-30])
    hand_in(course.folder, "nameless", nameless)
    hand_in(course.folder, "renamed", answered(released), "exercise (1).ipynb")
    hand_in(course.folder, "nothing", "later", "notes.txt")
    yield course


def _with_markup(notebook: Notebook) -> Notebook:
    """In an answer, and in cells of the student's own."""
    cell_called(notebook, "reflection")["source"] = f"I chose `min`: 1 < 2.\n\n{SCRIPT}"
    for kind in ("markdown", "raw"):
        notebook["cells"].append({"cell_type": kind, "id": kind, "metadata": {}, "source": SCRIPT})
    return notebook


@pytest.fixture(scope="module")
def said(course: Course) -> str:
    """Everybody is graded; this is what the command said."""
    return course.workshop("nbgrader", "autograde", str(course.folder))


def test_students_get_neither_answers_nor_hidden_tests(course: Course) -> None:
    text = json.dumps(course.released())
    assert "NotImplementedError" in text
    assert "min(prices" not in text
    assert "HIDDEN" not in text
    assert "check_todo" in text


def test_a_class_is_graded_damaged_notebooks_too(course: Course, said: str) -> None:
    assert course.points() == {**HONEST, **OTHERS}
    assert course.grades()["right"]["reflection"] is None, "it waits for a person"
    assert "unreadable: The notebook cannot be read" in said
    assert "renamed: The notebook is called exercise (1).ipynb" in said
    assert "nothing: There is no notebook" in said
    graded = json.loads((course.folder / "autograded/partly/module1/exercise.ipynb").read_text())
    printed = "".join(cell_called(graded, "points-1-3")["outputs"][0]["text"])
    assert "TODO 1.3: 0 of 3 points" in printed
    assert len(printed.splitlines()) > 1


def test_the_same_command_again_writes_nothing(course: Course, said: str) -> None:
    assert "0 graded into gradebook.db, 9 unchanged" in course.workshop(
        "nbgrader", "autograde", str(course.folder)
    )


def test_both_ways_of_nbgraders_own_autograde_give_the_same_points(
    course: Course, said: str, tmp_path: Path
) -> None:
    """With the kit's step in the place of the kernel, and with the kernel."""
    ours = course.grades()
    other = Course(tmp_path / "course", course.environment)
    shutil.copytree(course.folder, other.folder, ignore=shutil.ignore_patterns(".workshop", "autograded"))
    for student in OTHERS:
        shutil.rmtree(other.folder / "submitted" / student)
    other.nbgrader("autograde", "module1", "--student", "partly")
    assert other.grades()["partly"] == ours["partly"]
    other.workshop("nbgrader", "build", str(other.folder), "--kernel", "--force")
    other.nbgrader("autograde", "module1", "--force")
    graded = json.loads((other.folder / "autograded/right/module1/exercise.ipynb").read_text())
    assert "HIDDEN TESTS" in "".join(cell_called(graded, "points-1-1")["source"])
    assert all(cell["execution_count"] for cell in graded["cells"] if cell["cell_type"] == "code")
    assert {student: other.grades()[student] for student in HONEST} == {
        student: ours[student] for student in HONEST
    }


def test_feedback_and_export_are_nbgraders_own(course: Course, said: str) -> None:
    course.nbgrader("generate_feedback", "module1", "--student", "partly")
    page = (course.folder / "feedback/partly/module1/exercise.html").read_text()
    assert "TODO 1.3: 0 of 3 points" in page
    course.nbgrader("export")
    rows = list(csv.DictReader((course.folder / "grades.csv").open()))
    assert {row["student_id"]: float(row["raw_score"]) for row in rows} == {**HONEST, **OTHERS}
    assert next(row for row in rows if row["student_id"] == "right")["first_name"] == "Ada"


def test_a_students_markup_does_not_run_in_the_readers_browser(course: Course, said: str) -> None:
    """nbgrader's pages show Markdown as it is, to the instructor too."""
    course.nbgrader("generate_feedback", "module1", "--student", "markup")
    text = (course.folder / "feedback/markup/module1/exercise.html").read_text()
    page = Page(text)
    assert not [tag for tag, attributes in page.tags if "onerror" in attributes or "onload" in attributes]
    assert not [one for one in page.scripts if "stolen" in one]
    assert text.count("stolen()") == 9, "it is there to read"
    assert "1 &lt; 2" in text


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.cdata_elem == "script":
            self.scripts.append(data)


def test_validate_says_what_is_missing(course: Course) -> None:
    """What the student's Validate button runs."""
    folder = course.folder / "submitted"
    assert "Success!" in course.run("nbgrader", "validate", "exercise.ipynb", cwd=folder / "right/module1")
    said = course.run("nbgrader", "validate", "exercise.ipynb", cwd=folder / "partly/module1")
    assert "TODO 1.3: 0 of 3 points" in said
    assert "it is None." in said, "the whole message"
    assert "TODO 1.1" not in said
    assert "Traceback" not in said and "cell.py" not in said


def test_what_is_missing_is_said(course: Course, tmp_path: Path) -> None:
    assert "is no nbgrader course" in course.workshop(
        "nbgrader", "autograde", str(tmp_path), "--module", "1", code=2
    )
    course.workshop("nbgrader", "build", str(tmp_path))
    said = course.workshop("nbgrader", "autograde", str(tmp_path), "--module", "1", code=2)
    assert "nbgrader generate_assignment module1" in said
    changed = tmp_path / "nbgrader_config.py"
    changed.write_text(changed.read_text() + "# mine\n")
    assert "--force writes over it" in course.workshop("nbgrader", "build", str(tmp_path))
    assert changed.read_text().endswith("# mine\n")
