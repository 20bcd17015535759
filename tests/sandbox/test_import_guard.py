"""What a guarded process may import, warm and cold."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

from course_runtime.sandbox import import_guard

SITE = sysconfig.get_paths()["purelib"]
TRY = """
import json, sys
def attempt(statement):
    try:
        exec(statement, {})
    except ImportError as problem:
        return f"{type(problem).__name__}: {problem}"
    return "fine"
"""


def guarded(statements: Sequence[str], hidden: dict[str, list[str]], before: str = "") -> list[str]:
    """What comes of each statement in a new process that is guarded after `before`."""
    program = f"""{before}
{TRY}
sys.path.insert(0, {str(Path(import_guard.__file__).parent)!r})
import import_guard
import_guard.install({hidden!r})
print(json.dumps([attempt(one) for one in {list(statements)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def hiding(*modules: str, distributions: Sequence[str] = ()) -> dict[str, list[str]]:
    return {"modules": list(modules), "distributions": list(distributions), "places": [SITE]}


def test_a_hidden_package_is_missed_in_pythons_own_words() -> None:
    answers = guarded(["import yaml", "import yaml.nodes", "import packaging"], hiding("yaml"))
    missing = "ModuleNotFoundError: No module named 'yaml'"
    assert answers == [missing, missing, "fine"]


@pytest.mark.parametrize("statement", ["import yaml", "from yaml import nodes", "import yaml.nodes"])
def test_what_was_imported_before_is_gone_too(statement: str) -> None:
    assert "No module named 'yaml'" in guarded([statement], hiding("yaml"), before="import yaml.nodes")[0]


def test_one_part_of_a_namespace_is_hidden_and_the_others_stay() -> None:
    before = "import azure.core, azure.identity"
    answers = guarded(
        ["import azure.core", "import azure.identity", "from azure import identity"],
        hiding("azure.identity"),
        before,
    )
    assert answers[0] == "fine"
    assert answers[1] == "ModuleNotFoundError: No module named 'azure.identity'"
    assert answers[2].startswith("ImportError: cannot import name 'identity' from 'azure'")


def test_a_file_of_ones_own_may_have_the_name_of_a_hidden_package(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("mine = 1")
    before = f"import yaml, sys; sys.path.insert(0, {str(tmp_path)!r})"
    assert guarded(["import yaml; yaml.mine"], hiding("yaml"), before) == ["fine"]


def test_metadata_does_not_know_the_distribution() -> None:
    ask = "import importlib.metadata as m; m.version('{}')"
    answers = guarded(
        [ask.format("PyYAML"), ask.format("packaging")], hiding("yaml", distributions=["pyyaml"])
    )
    assert "PackageNotFoundError" in answers[0] and answers[1] == "fine"


def test_a_new_interpreter_is_guarded_by_the_folder_on_its_path(tmp_path: Path) -> None:
    import_guard.write_sitecustomize(tmp_path, hiding("yaml"))
    done = subprocess.run(
        [sys.executable, "-c", "import packaging; import yaml"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path)},
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'yaml'"
    assert "import_guard" not in done.stderr
