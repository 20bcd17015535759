"""What libraries find out at their first call and then know: found out before the first fork, it costs no fork a thing.

Nothing here is random, stays open or starts a thread.
"""

from __future__ import annotations

import contextlib
import io
import os
import warnings
from collections.abc import Iterable, Iterator


def azure() -> None:
    """A token, and a workspace that is read with it."""
    from .azure_rehearsal import rehearse_azure

    rehearse_azure()


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


REHEARSALS = {"azure.ai.ml": azure, "pyarrow.pandas_compat": tables, "sklearn.preprocessing": learning}
"""By the module that a set must import for it."""


def rehearse(modules: Iterable[str]) -> list[str]:
    """Gives what went wrong, in words: a broken library must not cost the others."""
    problems = []
    for module in modules:
        if module in REHEARSALS:
            try:
                with _unseen():
                    REHEARSALS[module]()
            except Exception as problem:  # noqa: BLE001 - whatever a library may raise
                problems.append(f"{module}: {type(problem).__name__}: {problem}")
    return problems


@contextlib.contextmanager
def _unseen() -> Iterator[None]:
    """What a library prints or sets in the environment is no student's business."""
    environment = dict(os.environ)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
