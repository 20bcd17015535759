"""One attack: a submission of the course's module, and what must hold whatever it does."""

from __future__ import annotations

import json
from dataclasses import dataclass

from course_runtime.grading import Result
from course_runtime.grading.render import safe

from .kit import SECRETS, Kit, as_notebook, eventually

NOTHING = "return None"
RIGHT = "return number + number"
SHAPES = {
    "module1": (
        "# %%\n{source}\n"
        "# %%\ndef double(number: int) -> int:\n    # TODO 1.1 Give back twice the number.\n{answer}\n    # END TODO\n"
        "# %%\ndef greeting(name: str) -> str:\n    # TODO 1.2 Greet whoever it is by name.\n{other}\n    # END TODO\n"
    ),
    "module2": (
        "# %%\nimport numpy as np\nimport pandas as pd\n{source}\n"
        "# %%\ndef scaled(values):\n    # TODO 2.1 Scale to the range 0 to 1.\n{answer}\n    # END TODO\n"
        "# %%\ndef with_total(table):\n    # TODO 2.2 Add the column total: the sum of a and b.\n{other}\n    # END TODO\n"
    ),
}
HONEST = {
    "module1": (RIGHT, 'return f"Hello {name}"'),
    "module2": (
        "return (values - min(values)) / np.ptp(values)",
        'return table.assign(total=table["a"] + table["b"])',
    ),
}
LONGEST_MESSAGE = 20_000


@dataclass
class Attack:
    """`form` is how the submission is handed in: "py" or "ipynb"."""

    kit: Kit
    form: str

    def __call__(
        self,
        source: str,
        answer: str = NOTHING,
        other: str = NOTHING,
        *,
        points: float = 0,
        module: str = "module1",
    ) -> Result:
        """Grade it, and require what must hold for every attack: `points`, no secret told, nothing left."""
        result = self.grade(shaped(source, answer, other, module), module)
        self.require(result, points)
        return result

    def grade(self, text: str, module: str = "module1") -> Result:
        name = f"attack/exercise.{self.form}"
        return self.kit.check(
            self.kit.write(name, as_notebook(text) if self.form == "ipynb" else text), module
        )

    def require(self, result: Result, points: float = 0) -> None:
        assert result.score == points, messages(result)
        document = json.dumps(result.as_json())
        assert [secret for secret in SECRETS if secret in document] == []
        for todo in result.todos:
            assert todo.status in ("passed", "failed", "timeout", "not_started"), messages(result)
            if todo.status != "passed":
                require_clear(todo.message)
        assert eventually(lambda: self.kit.workers() == []), "a process of the attack is left"


def shaped(source: str, answer: str, other: str, module: str = "module1") -> str:
    return SHAPES[module].format(source=source, answer=indented(answer), other=indented(other))


def honest(module: str = "module1") -> str:
    return shaped("", *HONEST[module], module)


def indented(body: str) -> str:
    return "\n".join(f"    {line}" for line in body.splitlines())


def messages(result: Result) -> str:
    return "\n".join(f"{todo.id} {todo.status} {todo.points}: {todo.message}" for todo in result.todos)


def require_clear(message: str) -> None:
    """A sentence for a student: no traceback, no path of the kit, nothing that steers a terminal, not endless."""
    assert message.strip()
    assert len(message) < LONGEST_MESSAGE
    assert "Traceback (most recent call last)" not in message
    assert "course_runtime" not in message
    assert "The kit's own test broke" not in message
    assert safe(message) == message
