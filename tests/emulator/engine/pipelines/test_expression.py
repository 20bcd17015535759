"""Expressions that the SDK turned into components, calculated without Azure's component tool."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
from pathlib import Path

import pytest
from azure.ai.ml import dsl

from course_runtime.emulator.engine.pipelines import expression


def test_another_component_stays_as_it_is() -> None:
    spec = {"command": "python train.py ${{inputs.n}}", "environment": "azureml:mine:1"}
    assert expression.runnable(spec) == spec


def test_the_sdks_own_code_gives_the_value(tmp_path: Path) -> None:
    """The component is made by the SDK; its code and its command are what is run."""
    made = []

    @dsl.pipeline
    def pipeline(n: int, rate: float, name: str, on: bool):
        made.append(((n * rate > 2) & on).resolve())
        made.append((name == "some name").resolve())

    pipeline(n=1, rate=2.0, name="", on=True)
    arithmetic, comparison = (node.component for node in made)
    command = expression.runnable({"command": arithmetic.command})["command"]
    assert command.startswith(f"python -m {expression.__name__} expression_component.py expression_func ")
    assert '"n=${{inputs.n}}"' in command

    file = Path(arithmetic.base_path, arithmetic.code, "expression_component.py")
    arguments = {"n": "3", "rate": "1.5"}
    for on, value in (("True", True), ("false", False)):
        output = tmp_path / f"{on}.txt"
        texts = [f"{name}={text}" for name, text in (arguments | {"on": on}).items()]
        assert expression.main([str(file), "expression_func", str(output), *texts]) == 0
        assert output.read_text() == str(value)
    other = Path(comparison.base_path, comparison.code, "expression_component.py")
    assert expression.called(other, "expression_func", {"name": "some name"}) is True


@pytest.mark.parametrize("command", ["mldesigner execute --source a.py", "mldesigner compile --source a.py"])
def test_another_use_of_the_tool_stays_as_it_is(command: str) -> None:
    assert expression.runnable({"command": command}) == {"command": command}
