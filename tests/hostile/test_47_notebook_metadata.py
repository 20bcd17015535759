"""47 Notebooks whose metadata asks for points, kernels, hidden cells, magics and shell commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .attack import RIGHT, Attack, honest, shaped
from .kit import Kit, as_notebook

METADATA = {
    "kernelspec": {"name": "bash", "argv": ["touch", "/tmp/marker"], "display_name": "x", "language": "bash"},
    "nbgrader": {"grade": True, "points": 100, "locked": True, "checksum": "0", "grade_id": "1.1"},
    "workshop": {"todos": ["1.1", "1.2"], "points": 100, "status": "passed"},
    "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
}
MAGICS = """
%%bash
touch /tmp/marker
# %%
!touch /tmp/marker
%load_ext forged
%run /etc/passwd
x = !ls /
get_ipython().system("touch /tmp/marker")
"""


def with_metadata(source: str) -> str:
    notebook = json.loads(as_notebook(source))
    notebook["metadata"] = METADATA
    for cell in notebook["cells"]:
        cell["metadata"] = METADATA
        cell["id"] = "same"
        cell["attachments"] = {"x.png": {"image/png": "AAAA"}}
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "5/5 passed"}]
    return json.dumps(notebook)


def test_metadata_and_outputs_count_for_nothing(attack: Attack, kit: Kit) -> None:
    result = kit.check(kit.write("meta/exercise.ipynb", with_metadata(shaped("", "return None", RIGHT))))
    attack.require(result)
    honest_result = kit.check(kit.write("meta/exercise.ipynb", with_metadata(honest())))
    assert honest_result.score == 5


def test_magics_are_not_run(attack: Attack, kit: Kit) -> None:
    text = shaped(MAGICS, "return None", "return None")
    result = kit.check(kit.write("meta/exercise.ipynb", as_notebook(text)))
    attack.require(result)
    assert not Path("/tmp/marker").exists()


@pytest.mark.parametrize("change", ['"cell_type": "raw"', '"cell_type": "markdown"', '"cell_type": null'])
def test_a_cell_of_another_kind_is_not_code(attack: Attack, kit: Kit, change: str) -> None:
    text = as_notebook(honest()).replace('"cell_type": "code"', change)
    attack.require(kit.check(kit.write("meta/exercise.ipynb", text)))
