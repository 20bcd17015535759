"""The expression language of ARM templates: `[concat(parameters('a'), '-x')]`, parsed and evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.template_functions import require_modest

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+)|(?P<name>[A-Za-z_]\w*)|(?P<mark>[().,\[\]]))"
)
DEEPEST = 60
LONGEST_EXPRESSION = 24_576
LONGEST_NUMBER = 18
MOST_CALLS = 5_000
FAILURES = (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError, StopIteration)

Functions = Mapping[str, Callable[..., Any]]


class Budget:
    """Variables that double one another would keep the emulator busy for ever: a template may call so often."""

    def __init__(self) -> None:
        self._left = MOST_CALLS

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise invalid_template(f"The template's expressions call more than {MOST_CALLS} functions.")


class Evaluator:
    """Evaluates values of a template with a set of functions (by lower-case name)."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions
        self._budget = Budget()

    def value(self, value: Any) -> Any:
        """A template value with every expression in it replaced by what it stands for."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {self._text(key): self.value(item) for key, item in value.items()}
        return value

    def _text(self, text: str) -> Any:
        if text.startswith("[[") or not (text.startswith("[") and text.endswith("]")):
            return text[1:] if text.startswith("[[") else text
        if len(text) > LONGEST_EXPRESSION:
            raise invalid_template(
                f"The language expression is {len(text)} characters long; the limit is {LONGEST_EXPRESSION}."
            )
        return Parser(text[1:-1], self._functions, self._budget).parse()


class Parser:
    """Recursive descent over one expression; `if` evaluates only the branch it takes."""

    def __init__(self, text: str, functions: Functions, budget: Budget | None = None) -> None:
        self._text = text
        self._functions = functions
        self._budget = budget or Budget()
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def parse(self) -> Any:
        value = self._expression(evaluate=True)
        if self._at != len(self._tokens):
            raise self._invalid()
        return value

    def _expression(self, evaluate: bool) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._invalid()
        kind, text = self._next()
        if kind == "string":
            value: Any = text[1:-1].replace("''", "'")
        elif kind == "number":
            value = self._number(text)
        elif kind == "name":
            value = self._call(text, evaluate)
        else:
            raise self._invalid()
        value = self._accessors(value, evaluate)
        self._depth -= 1
        return value

    def _call(self, name: str, evaluate: bool) -> Any:
        function = self._functions.get(name.lower())
        if function is None and name.lower() != "if":
            raise invalid_template(f"The template function '{name}' is not valid or not known here.")
        self._expect("(")
        if name.lower() == "if":
            return self._if(evaluate)
        arguments = []
        while self._peek() != ")":
            arguments.append(self._expression(evaluate))
            if self._peek() == ",":
                self._next()
        self._expect(")")
        if not evaluate or function is None:
            return None
        return self._result_of(name, function, arguments)

    def _result_of(self, name: str, function: Callable[..., Any], arguments: list[Any]) -> Any:
        self._budget.spend()
        try:
            result = function(*arguments)
            require_modest(result)
        except FAILURES as error:
            words = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise invalid_template(
                f"The template function '{name}' could not be evaluated: {words}."
            ) from None
        return result

    def _if(self, evaluate: bool) -> Any:
        condition = self._expression(evaluate)
        self._expect(",")
        yes = self._expression(evaluate and bool(condition))
        self._expect(",")
        no = self._expression(evaluate and not condition)
        self._expect(")")
        return yes if condition else no

    def _accessors(self, value: Any, evaluate: bool) -> Any:
        while self._peek() in (".", "["):
            _, mark = self._next()
            key = self._next()[1] if mark == "." else self._expression(evaluate)
            if mark == "[":
                self._expect("]")
            if evaluate:
                value = self._member(value, key)
        return value

    def _member(self, value: Any, key: Any) -> Any:
        if isinstance(value, dict):
            for name, item in value.items():
                if str(name).lower() == str(key).lower():
                    return item
        if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            return value[key]
        raise invalid_template(f"The language expression property '{key}' does not exist in '{self._text}'.")

    def _number(self, text: str) -> int:
        if len(text) > LONGEST_NUMBER:
            raise self._invalid()
        return int(text)

    def _peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise self._invalid()
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, mark: str) -> None:
        if self._next()[1] != mark:
            raise self._invalid()

    def _invalid(self) -> AzureError:
        return invalid_template(f"Unable to parse language expression '{self._text}'.")


def invalid_template(message: str) -> AzureError:
    return AzureError(400, "InvalidTemplate", f"Deployment template validation failed: '{message}'")


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None:
            raise invalid_template(
                f"Unable to parse language expression '{text}': unexpected character at {at}."
            )
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return found
