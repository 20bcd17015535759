"""Code that wants out, wants more, or wants to be believed. Each must end in a failure, never in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course_runtime.sandbox import Answer, Handle

Run = Callable[..., Answer]


def kind_of(answer: Answer) -> str:
    assert answer.failure is not None, answer
    return answer.failure.kind


def test_os_exit_is_no_answer(run: Run) -> None:
    answer = run("import os\ndef f(): os._exit(0)")
    assert kind_of(answer) == "died"
    assert "exit code 0" in answer.failure.message  # type: ignore[union-attr]


def test_killing_itself_is_no_answer(run: Run) -> None:
    answer = run("import os, signal\ndef f(): os.kill(os.getpid(), signal.SIGKILL)")
    assert kind_of(answer) == "died"
    assert "SIGKILL" in answer.failure.message  # type: ignore[union-attr]


def test_killing_everything_reaches_only_the_jail(run: Run) -> None:
    source = """
import os, signal, subprocess
def f():
    child = subprocess.Popen(["sleep", "60"])
    os.kill(-1, signal.SIGKILL)
    return child.wait()
"""
    assert run(source).value == -9


def test_a_crash_names_the_line(run: Run) -> None:
    answer = run("import ctypes\ndef f():\n    ctypes.string_at(0)")
    assert kind_of(answer) == "died"
    assert "SIGSEGV" in answer.failure.message  # type: ignore[union-attr]
    assert answer.failure.frames[0].line == 3  # type: ignore[union-attr]


def test_a_loop_that_ignores_signals_is_killed(run: Run) -> None:
    source = """
import signal
def f():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass
"""
    assert kind_of(run(source, seconds=0.5)) == "timeout"


def test_a_memory_bomb_is_a_failure(run: Run) -> None:
    assert kind_of(run("def f(): return len(bytearray(8 * 1024 ** 3))")) == "memory"


def test_a_fork_bomb_stops_at_the_limit(run: Run) -> None:
    source = """
import os, time
def f():
    started = 0
    try:
        while True:
            if os.fork() == 0:
                time.sleep(60)
            started += 1
    except OSError:
        return started
"""
    assert 0 < run(source, processes=20).value <= 20


def test_a_child_that_returns_does_not_answer(run: Run) -> None:
    answer = run(
        "import os\ndef f():\n    child = os.fork()\n    return 'child' if child == 0 else os.waitpid(child, 0)[1]"
    )
    assert answer.value == 0


def test_huge_output_is_cut_and_said_so(run: Run) -> None:
    answer = run("def f():\n    print('x' * 5_000_000)\n    return 1", output_bytes=1000)
    assert answer.value == 1
    assert answer.stdout.startswith("x" * 1000 + "\n[5000001 bytes were written")


def test_endless_output_is_stopped_by_the_file_limit(run: Run) -> None:
    answer = run("def f():\n    while True: print('x' * 1_000_000)", file_mb=8)
    assert kind_of(answer) == "exception"
    assert answer.failure.type == "OSError"  # type: ignore[union-attr]


def test_a_huge_answer_is_refused(run: Run) -> None:
    assert kind_of(run("def f(): return 'x' * 20_000_000")) == "output"
    assert kind_of(run("def f(): return b'x' * 70_000_000")) == "output"


def test_a_deep_answer_is_refused(run: Run) -> None:
    answer = run("def f():\n    a = []\n    for _ in range(100): a = [a]\n    return a")
    assert kind_of(answer) == "output"
    assert kind_of(run("def f():\n    a = []\n    a.append(a)\n    return a")) == "output"


def test_too_many_handles_are_refused(run: Run) -> None:
    assert kind_of(run("def f(): return [object() for _ in range(20_000)]")) == "output"


def test_an_object_equal_to_everything_stays_behind_a_handle(run: Run) -> None:
    answer = run("class Same:\n    def __eq__(self, other): return True\ndef f(): return Same()")
    assert type(answer.value) is Handle
    assert answer.value != 42


@pytest.mark.parametrize(
    ("base", "value"),
    [
        ("str", "text"),
        ("int", 5),
        ("float", 2.5),
        ("list", [1, 2]),
        ("tuple", (1, 2)),
        ("dict", {"a": 1}),
        ("bytes", b"x"),
    ],
)
def test_a_subclass_of_a_plain_type_comes_as_the_plain_type(run: Run, base: str, value: object) -> None:
    lie = "lambda *_: True"
    source = f"""
class Same({base}):
    __eq__ = __ne__ = __lt__ = __contains__ = {lie}
    __hash__ = {base}.__hash__
    __str__ = __repr__ = lambda self: "lie"
    __iter__ = lambda self: iter(["lie"])
    items = keys = __int__ = __float__ = __getitem__ = {lie}
def f(): return Same({value!r})
"""
    answer = run(source).value
    assert answer == (list(value) if isinstance(value, tuple) else value)
    assert type(answer) in (str, int, float, list, dict, bytes)


def test_an_exception_that_fights_back_is_still_reported(run: Run) -> None:
    source = """
class Bad(Exception):
    def __str__(self): raise SystemExit
def f(): raise Bad
"""
    answer = run(source)
    assert kind_of(answer) == "exception"
    assert answer.failure.type == "exercise.Bad"  # type: ignore[union-attr]


def test_a_repr_that_fights_back_is_still_a_handle(run: Run) -> None:
    answer = run("class Bad:\n    def __repr__(self): raise SystemExit\ndef f(): return Bad()")
    assert answer.value.type == "exercise.Bad"
    assert "SystemExit" in answer.value.repr


FIND_WIRE = """
import gc, os, socket, struct, sys
def wire():
    return next(thing for thing in gc.get_objects() if type(thing) is socket.socket and thing.fileno() >= 200)
"""


@pytest.mark.parametrize(
    "forged",
    [
        "b'nonsense' * 10",
        "struct.pack('!II', 0xFFFFFFFF, 4)",
        "struct.pack('!II', 6, 2) + b'{}'",
        "struct.pack('!II', 6, 2) + b'[]'",
        "struct.pack('!II', 10 ** 6 + 4, 10 ** 6) + b'[' * 10 ** 6",
        "struct.pack('!II', 7, 3) + b'NaN'",
        "struct.pack('!II', 6, 2) + bytes([255, 255])",
        'b"".join((lambda t: (struct.pack("!II", 4 + len(t), len(t)), t))'
        '(b\'{"nonce":"guess","value":true,"failure":null,"warnings":[]}\'))',
    ],
)
def test_a_forged_frame_is_malformed(run: Run, forged: str) -> None:
    answer = run(f"{FIND_WIRE}\ndef f():\n    wire().sendall({forged})\n    return 'the honest answer'")
    assert kind_of(answer) == "malformed"
    assert answer.value is None


def test_closing_the_wire_is_no_answer(run: Run) -> None:
    assert kind_of(run(f"{FIND_WIRE}\ndef f():\n    wire().close()\n    return 1")) == "died"


def test_half_a_frame_runs_out_of_time(run: Run) -> None:
    source = f"{FIND_WIRE}\ndef f():\n    wire().sendall(struct.pack('!II', 1000, 900))\n    while True: pass"
    assert kind_of(run(source, seconds=0.5)) == "timeout"


def test_only_its_own_descriptors_are_open(run: Run) -> None:
    source = """
import os
def f():
    listed = sorted(int(name) for name in os.listdir('/proc/self/fd'))
    return [number for number in listed if os.path.exists(f'/proc/self/fd/{number}')]
"""
    low = [number for number in run(source).value if number < 200]
    assert low == [0, 1, 2]


def test_a_child_program_does_not_inherit_the_wire(run: Run) -> None:
    source = """
import subprocess
def f():
    out = subprocess.run(["/bin/sh", "-c", "ls /proc/self/fd"], close_fds=False, capture_output=True, text=True)
    return out.stdout.split()
"""
    assert all(int(number) < 10 for number in run(source).value)
