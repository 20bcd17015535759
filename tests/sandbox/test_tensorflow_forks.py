"""Forks of the TensorFlow zygote fit small networks: none hangs.

Ten in the ordinary suite; `WORKSHOP_TENSORFLOW_FORKS=1000` for the long run.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_runtime.sandbox import Answer, JailSpec, Limits, Zygote

from .conftest import linux_only

FORKS = int(os.environ.get("WORKSHOP_TENSORFLOW_FORKS", "10"))
AT_ONCE = 2
SECONDS_EACH = 120.0
FIT = """
def fit(seed):
    import numpy as np
    import tensorflow as tf

    tf.keras.utils.set_random_seed(seed)
    x = np.random.rand(256, 4).astype("float32")
    y = x.sum(axis=1)
    layers = [tf.keras.layers.Input((4,)), tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)]
    model = tf.keras.Sequential(layers)
    model.compile("adam", "mse")
    losses = model.fit(x, y, epochs=5, batch_size=32, verbose=0).history["loss"]
    return [float(loss) for loss in losses]
"""

pytestmark = [
    linux_only,
    pytest.mark.skipif(
        importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed here"
    ),
]


@pytest.fixture(scope="module")
def tensorflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    path = tmp_path_factory.mktemp("tensorflow") / "z"
    process = Zygote.start("tensorflow", path)
    zygote = Zygote(path)
    zygote.wait_until_ready(120)
    yield zygote
    process.terminate()
    process.wait()


def fit_once(zygote: Zygote, seed: int) -> Answer:
    limits = Limits(seconds=SECONDS_EACH, memory_mb=16_384)
    with zygote.spawn(JailSpec(environment={}, limits=limits)) as worker:
        loaded = worker.load("exercise", FIT, "exercise.py", {})
        return worker.call("exercise.fit", seed) if loaded.ok else loaded


def test_no_thread_runs_in_the_zygote(tensorflow: Zygote) -> None:
    """A fork takes no thread along, but every lock that one held."""
    report = tensorflow.report()
    assert (report["missing"], report["threads"]) == ([], [])


def test_every_fork_fits_its_network(tensorflow: Zygote) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda seed: fit_once(tensorflow, seed), range(FORKS)))
    assert [answer.failure for answer in answers if not answer.ok] == []
    assert all(answer.value[-1] < answer.value[0] for answer in answers)
