from __future__ import annotations

from course_runtime.cli import program

program()
