from __future__ import annotations

import subprocess
import sys

from .loading import FOLDER, load

diabetes = load()


def test_every_public_name_is_there() -> None:
    assert [name for name in diabetes.__all__ if not hasattr(diabetes, name)] == []


def test_importing_it_is_cheap() -> None:
    """Not even numpy: `workshop --help` may import this package."""
    heavy = "{'numpy', 'pandas', 'sklearn', 'scipy', 'matplotlib'} & set(sys.modules)"
    code = f"import sys; from datasets import diabetes; print({heavy} or 'cheap', diabetes.__file__)"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=FOLDER.parent, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["cheap", str(FOLDER / "diabetes" / "__init__.py")]
