from __future__ import annotations

import pytest

from course_runtime.emulator.engine.command.command_line import fill_in, read
from course_runtime.emulator.kernel.errors import AzureError

VALUES = {"inputs": {"rate": "0.1", "data": "/in"}, "outputs": {"model": "/out"}}


@pytest.mark.parametrize(
    ("command", "filled"),
    [
        ("python t.py --rate ${{inputs.rate}}", "python t.py --rate 0.1"),
        ("t ${{ inputs.data }} ${{outputs.model}}", "t /in /out"),
        ("t $[[--rate ${{inputs.rate}}]]", "t --rate 0.1"),
        ("t $[[--more ${{inputs.more}}]] end", "t  end"),
    ],
)
def test_placeholders(command: str, filled: str) -> None:
    assert fill_in(command, VALUES) == filled


def test_what_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(AzureError, match=r"\$\{\{inputs.x\}\}.*no such input.*'rate', 'data'"):
        fill_in("t ${{inputs.x}}", VALUES)


@pytest.mark.parametrize(
    ("text", "script", "arguments"),
    [
        ("python train.py --a 'b c' d=1", "train.py", ("--a", "b c", "d=1")),
        ("python -u sub/train.py", "sub/train.py", ()),
        ("python3 train.py", "train.py", ()),
        ("python train.py $HOME", "", ()),
        ("python train.py > log", "", ()),
        ("cd a && python train.py", "", ()),
        ("A=1 python train.py", "", ()),
        ("python -m train", "", ()),
        ("python -c 1", "", ()),
        ("python 'unfinished", "", ()),
        ("echo train.py", "", ()),
    ],
)
def test_only_plain_scripts_can_run_in_a_warm_worker(
    text: str, script: str, arguments: tuple[str, ...]
) -> None:
    line = read(text)
    assert (line.script, line.arguments) == (script, arguments)
