from __future__ import annotations

import csv
from pathlib import Path

from .conftest import Command


def test_a_class_is_graded_and_written_down(workshop: Command, course: Path, tmp_path: Path) -> None:
    handed_in = tmp_path / "class"
    source = (course / "module7_answers" / "exercise.py").read_text()
    for student, answer in {"anna": "return 42", "ben": "return 41"}.items():
        (handed_in / student).mkdir(parents=True)
        lines = (
            line.split("raise ")[0] + answer if "raise " in line else line for line in source.splitlines()
        )
        (handed_in / student / "exercise.py").write_text("\n".join(lines) + "\n")
    (handed_in / "empty").mkdir()
    done = workshop("grade", str(handed_in), "--out", str(tmp_path / "out"), "--module", "7")
    assert done.returncode == 0, done.stderr
    assert "3/3" in done.stdout and "3 students" in done.stdout
    assert "empty: not readable. The submission of empty holds no .py or .ipynb file" in done.stdout
    with (tmp_path / "out/module7/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["anna"]["score"] == rows["anna"]["out of"]
    assert (rows["ben"]["score"], rows["empty"]["score"]) == ("0", "0")
    for name in ("summary.html", "canvas.csv", "moodle.csv", "feedback/anna.html", "results/ben.json"):
        assert (tmp_path / "out/module7" / name).is_file(), name


def test_what_is_wrong_is_said_in_a_sentence(workshop: Command, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    (tmp_path / "class").mkdir()
    for arguments, said in (
        (("nowhere", "--out", out), "does not exist"),
        ((str(tmp_path / "class"), "--out", out), "There is no submission in"),
        ((str(tmp_path / "class"), "--out", out + "2", "--resume"), "nothing to go on with"),
        ((str(tmp_path / "class"), "--out", out, "--due", "soon"), "no date"),
        ((str(tmp_path / "class"), "--out", out, "--module", "99"), "no module"),
    ):
        done = workshop("grade", *arguments)
        assert done.returncode == 2 and said in done.stderr, (arguments, done)
        assert "Traceback" not in done.stderr


def test_help_says_what_comes_out(workshop: Command) -> None:
    done = workshop("grade", "--help")
    assert done.returncode == 0
    for word in ("gradebook.csv", "canvas.csv", "--late-per-day", "--resume", "Exit code"):
        assert word in done.stdout
