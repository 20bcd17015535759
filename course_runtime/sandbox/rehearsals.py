"""What libraries find out at their first call and then know: found out before the first fork, it costs no fork a thing.

Nothing here is random, stays open or starts a thread.
"""

from __future__ import annotations

import contextlib
import io
import os
import warnings
from collections.abc import Callable, Iterable

from .azure_rehearsal import rehearse_azure


def tables() -> None:
    """Frames that are made, sent over the wire and grouped."""
    import numpy
    import pandas

    from .tables import table_from_pandas

    frame = pandas.DataFrame({"name": ["a", "b", None], "value": [0.5, numpy.nan, 1.5]})
    sent = table_from_pandas(frame)
    if sent is not None:
        sent.to_pandas().dropna().groupby("name", as_index=False)["value"].mean()
    pandas.DataFrame(numpy.zeros((2, 2)), columns=["a", "b"]).describe()


def learning() -> None:
    """scikit-learn asks all installed packages for kinds of tables, which takes longer than many a fit."""
    import numpy
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,unused-ignore]
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped,unused-ignore]

    scaled = StandardScaler().fit_transform(numpy.arange(8.0).reshape(4, 2))
    LogisticRegression().fit(scaled, [0, 0, 1, 1]).predict_proba(scaled)


REHEARSALS = {
    "azure.ai.ml": rehearse_azure,
    "pyarrow.pandas_compat": tables,
    "sklearn.preprocessing": learning,
}
"""By the module that a set must import for it."""


def rehearse(modules: Iterable[str]) -> list[str]:
    """Gives what went wrong, in words. The environment is left as it was."""
    environment = dict(os.environ)
    problems = [attempt(module, REHEARSALS[module]) for module in modules if module in REHEARSALS]
    os.environ.clear()
    os.environ.update(environment)
    return [problem for problem in problems if problem is not None]


def attempt(name: str, action: Callable[[], object]) -> str | None:
    """What went wrong, in words: a broken library must not cost the others. What it prints is no student's output."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            action()
    except Exception as problem:  # noqa: BLE001 - whatever a library may raise
        return f"{name}: {type(problem).__name__}: {problem}"
    return None
