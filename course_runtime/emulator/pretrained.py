"""ResNet50's weights for what runs in a jail: nobody can download the published ones from there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

VARIABLE = "WORKSHOP_WEIGHTS"
FindWeights = Callable[[], Path | None]
"""May take its time: a stand-in is made when it is first asked for."""


def named_weights() -> Path | None:
    """The file that the emulator's own environment names, if it does."""
    named = os.environ.get(VARIABLE, "")
    return Path(named).resolve() if named and named != "imagenet" else None


def weights_variables(file: Path | None) -> dict[str, str]:
    """What tells a script of the file. One that is not there is named too: then Keras says which."""
    return {VARIABLE: str(file)} if file else {}


def readable_weights(variables: Mapping[str, str]) -> tuple[str, ...]:
    """What a jail must show for these variables."""
    file = variables.get(VARIABLE, "")
    return (file,) if file and Path(file).is_file() else ()
