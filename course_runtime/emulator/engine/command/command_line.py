"""A job's command with its inputs and outputs filled in, and whether a warm worker can run it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from course_runtime.emulator.kernel.errors import user_error

PLACEHOLDER = re.compile(
    r"\$\{\{\s*(?P<kind>inputs|outputs|search_space)\.(?P<name>[^\s}]+?)(?:\.path)?\s*\}\}"
)
OPTIONAL = re.compile(r"\$\[\[(.*?)\]\]", re.DOTALL)
SHELL = re.compile(r"[|&;<>()$`\\*?\[\]#~!{}\n]")
PYTHON = re.compile(r"python(3(\.\d+)?)?")


@dataclass(frozen=True)
class CommandLine:
    text: str
    """What a shell is given."""
    script: str = ""
    """The Python file, where the command is nothing but `python FILE arguments`."""
    arguments: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        return re.split(r"[\s;|&]", self.text, maxsplit=1)[0]


def fill_in(command: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """`values`: what stands for each of `inputs`, `outputs` and `search_space`, by name."""

    def value(found: re.Match[str]) -> str:
        known = values.get(found["kind"], {})
        if found["name"] not in known:
            there = ", ".join(f"'{one}'" for one in known) or "none"
            raise user_error(
                f"The command names '{found[0]}', but the job has no such {found['kind'].rstrip('s')} "
                f"(those that it has: {there}). Give it one, or take it out of the command.",
            )
        return known[found["name"]]

    def optional(group: re.Match[str]) -> str:
        asked = PLACEHOLDER.finditer(group[1])
        return group[1] if all(one["name"] in values.get(one["kind"], {}) for one in asked) else ""

    return PLACEHOLDER.sub(value, OPTIONAL.sub(optional, command)).strip()


def read(text: str) -> CommandLine:
    if SHELL.search(text):
        return CommandLine(text)
    try:
        words = shlex.split(text)
    except ValueError:
        return CommandLine(text)  # the shell says what is wrong with it
    if not words or not PYTHON.fullmatch(words[0]):
        return CommandLine(text)
    rest = words[1:]
    while rest[:1] == ["-u"]:
        rest = rest[1:]
    if not rest or not rest[0].endswith(".py"):
        return CommandLine(text)
    return CommandLine(text, rest[0], tuple(rest[1:]))
