"""Workers without a jail, as on macOS: the same questions and answers, and it is said what they are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_runtime.sandbox import Answer, JailSpec, Limits, Worker, Zygote

from .test_zygote import eventually, running

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there are no AF_UNIX sockets to pass things through"
)
Load = Callable[..., Worker]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    path = tmp_path_factory.mktemp("plain") / "z"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_SANDBOX", "off")
        process = Zygote.start("data", path)
    zygote = Zygote(path)
    zygote.wait_until_ready(30)
    yield zygote
    process.terminate()
    process.wait()


@pytest.fixture
def load(plain: Zygote) -> Iterator[Load]:
    workers: list[Worker] = []

    def load(source: str, **limits: int) -> Worker:
        spec = JailSpec(environment={"DOOR": "http://127.0.0.1:{door}"}, limits=Limits(**limits))  # type: ignore[arg-type]
        workers.append(plain.spawn(spec))
        loaded = workers[-1].load("exercise", source, "exercise.py", {"a.txt": b"beside"})
        assert loaded.ok, loaded
        return workers[-1]

    yield load
    for worker in workers:
        worker.close()


def ask(worker: Worker, *arguments: object, seconds: float = 20) -> Answer:
    return worker.call("exercise.f", *arguments, seconds=seconds)


def test_it_says_loudly_that_there_is_no_jail(load: Load) -> None:
    worker = load("def f(): return 1")
    unsandboxed = worker.mechanisms[0]
    assert (unsandboxed.name, unsandboxed.held) == ("unsandboxed", False)
    assert "WORKSHOP_SANDBOX=off" in unsandboxed.detail and "read" in unsandboxed.detail


def test_questions_files_handles_and_output(load: Load) -> None:
    worker = load(
        "def f(x):\n    print('hello')\n    return {'twice': 2 * x, 'beside': open('a.txt').read()}"
    )
    answer = ask(worker, 21)
    assert (answer.value, answer.stdout) == ({"twice": 42, "beside": "beside"}, "hello\n")
    made = load("class A:\n    x = 3\ndef f(): return A()")
    assert made.attribute(ask(made).value, "x").value == 3
    assert made.write_file("new.txt", b"1").ok and "new.txt" in made.list_files().value


def test_tables_cross_the_same_wire(load: Load) -> None:
    pandas = pytest.importorskip("pandas")
    worker = load("def f(table): return table.assign(b=table['a'] * 2)")
    table = ask(worker, pandas.DataFrame({"a": [1, 2]}), seconds=60).value.to_pandas()
    assert table["b"].tolist() == [2, 4]


def test_scripts_run(load: Load) -> None:
    worker = load("def f(): return 1")
    worker.write_file("train.py", b"import sys\nprint(sys.argv[1])\nsys.exit(3)")
    answer = worker.run_script("train.py", ["--x"])
    assert (answer.value["exit_code"], answer.stdout) == (3, "--x\n")


def test_an_endless_loop_is_ended_and_its_line_told(load: Load) -> None:
    failure = ask(load("def f():\n    while True:\n        pass"), seconds=1).failure
    assert failure is not None and failure.kind == "timeout"
    assert "exercise.py, line" in failure.message


@pytest.mark.parametrize(
    "ending, words", [("os._exit(7)", "exit code 7"), ("os.kill(os.getpid(), 9)", "SIGKILL")]
)
def test_a_process_that_ends_is_a_failure(load: Load, ending: str, words: str) -> None:
    failure = ask(load(f"import os\ndef f(): {ending}")).failure
    assert failure is not None and failure.kind == "died" and words in failure.message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of processes that left their session")
def test_what_it_started_ends_with_it(load: Load) -> None:
    worker = load(
        "import subprocess\ndef f(): subprocess.Popen(['sleep', '76543.21'], start_new_session=True)"
    )
    answer = ask(worker)
    assert answer.ok, answer
    assert eventually(lambda: running("76543.21") != [])
    worker.close()
    assert eventually(lambda: running("76543.21") == [])


def test_its_folder_is_removed(load: Load) -> None:
    worker = load("import os\ndef f(): return os.getcwd()")
    folder = Path(ask(worker).value)
    assert folder.is_dir()
    worker.close()
    assert eventually(lambda: not folder.exists())


def test_the_door_is_in_its_environment(load: Load) -> None:
    worker = load("import os\ndef f(): return os.environ['DOOR'], sorted(os.environ)")
    door, names = ask(worker).value
    assert door == f"http://127.0.0.1:{worker.door_port}"
    assert set(names) <= {"DOOR", "HOME", "LC_CTYPE", "PWD", "__CF_USER_TEXT_ENCODING"}
    assert worker.door is not None and worker.door.getsockname()[1] == worker.door_port
