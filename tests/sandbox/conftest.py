from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from course_runtime.sandbox import Answer, JailSpec, Limits, Worker, Zygote

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the jail is Linux's")


@pytest.fixture(scope="session")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    if sys.platform != "linux":
        pytest.skip("the jail is Linux's")
    path = tmp_path_factory.mktemp("zygote") / "plain.socket"
    process = Zygote.start("plain", path)
    zygote = Zygote(path)
    zygote.wait_until_ready(30)
    yield zygote
    process.terminate()
    process.wait()


@pytest.fixture
def worker(zygote: Zygote) -> Iterator[Worker]:
    with zygote.spawn(JailSpec(environment={})) as worker:
        yield worker


@pytest.fixture
def run(zygote: Zygote) -> Iterator[Callable[..., Answer]]:
    """Load a source with a function `f` in a fresh worker, and call it."""
    workers: list[Worker] = []

    def run(source: str, *args: object, seconds: float = 20.0, **limits: int) -> Answer:
        spec = JailSpec(environment={"GREETING": "hello"}, limits=Limits(**limits))  # type: ignore[arg-type]
        workers.append(zygote.spawn(spec))
        loaded = workers[-1].load("exercise", source, "exercise.py", {})
        assert loaded.ok, loaded
        return workers[-1].call("exercise.f", *args, seconds=seconds)

    yield run
    for worker in workers:
        worker.close()
