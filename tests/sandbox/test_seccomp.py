from __future__ import annotations

import errno
import os
import platform
import struct
from collections.abc import Callable

import pytest

from course_runtime.sandbox import Answer, seccomp
from course_runtime.sandbox.system_calls import DENIED, NUMBERS

from .conftest import linux_only

Run = Callable[..., Answer]
ALLOWED = "allowed"


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> str:
    """What the filter decides, worked out the way the kernel would."""
    words = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    audited = seccomp.MACHINES[machine] if architecture is None else architecture
    data = struct.pack("<IIQ6Q", number, audited, 0, *words)
    program = [struct.unpack("HBBI", one) for one in seccomp.program(machine)]
    register, at = 0, 0
    while True:
        code, if_true, if_false, value = program[at]
        at += 1
        if code == seccomp.RETURN:
            return ALLOWED if value == seccomp.ALLOW else errno.errorcode[value & 0xFFFF]
        if code == seccomp.LOAD:
            register = struct.unpack_from("<I", data, value)[0]
            continue
        holds = {
            seccomp.JUMP_EQUAL: register == value,
            seccomp.JUMP_AT_LEAST: register >= value,
            seccomp.JUMP_ANY_BIT: bool(register & value),
        }[code]
        at += if_true if holds else if_false


@pytest.fixture(params=sorted(NUMBERS))
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_denied_call_is_refused(machine: str) -> None:
    for name in DENIED:
        if name in NUMBERS[machine]:
            assert verdict(machine, NUMBERS[machine][name]) == "EPERM", name


def test_all_other_calls_are_allowed(machine: str) -> None:
    known = set(NUMBERS[machine].values())
    others = [number for number in range(500) if number not in known]
    assert [number for number in others if verdict(machine, number) != ALLOWED] == []


def test_no_number_is_given_twice(machine: str) -> None:
    assert len(set(NUMBERS[machine].values())) == len(NUMBERS[machine])


def test_threads_and_forks_are_allowed_namespaces_are_not(machine: str) -> None:
    clone = NUMBERS[machine]["clone"]
    assert verdict(machine, clone, 0x3D0F00) == ALLOWED
    assert verdict(machine, clone, 17) == ALLOWED
    for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert verdict(machine, clone, flag | 17) == "EPERM"


def test_the_newer_clone_does_not_exist(machine: str) -> None:
    assert verdict(machine, NUMBERS[machine]["clone3"]) == "ENOSYS"


@pytest.mark.parametrize("call", ["socket", "socketpair"])
def test_only_three_families_of_sockets(machine: str, call: str) -> None:
    allowed = [one for one in range(50) if verdict(machine, NUMBERS[machine][call], one, 1) == ALLOWED]
    assert allowed == [1, 2, 10]


def test_a_high_word_does_not_hide_a_family(machine: str) -> None:
    assert verdict(machine, NUMBERS[machine]["socket"], 1 << 32 | 40, 1) == "EAFNOSUPPORT"


def test_the_limit_on_dumps_stays_and_others_can_be_read(machine: str) -> None:
    assert verdict(machine, NUMBERS[machine]["prlimit64"], 0, 4) == "EPERM"
    assert verdict(machine, NUMBERS[machine]["setrlimit"], 4) == "EPERM"
    assert verdict(machine, NUMBERS[machine]["prlimit64"], 0, 7) == ALLOWED


def test_nobody_types_into_the_terminal(machine: str) -> None:
    assert verdict(machine, NUMBERS[machine]["ioctl"], 0, 0x5412) == "EPERM"
    assert verdict(machine, NUMBERS[machine]["ioctl"], 0, 0x5413) == ALLOWED


def test_calls_of_another_architecture_are_refused(machine: str) -> None:
    assert verdict(machine, 1, architecture=0x40000003) == "EPERM"
    assert verdict("x86_64", 0x40000001) == "EPERM"


def test_an_unknown_processor_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(OSError, match="no list of system calls for riscv64"):
        seccomp.install()


@linux_only
def test_the_kernel_takes_it(run: Run) -> None:
    source = """
def f():
    with open("/proc/self/status") as file:
        return [line.split()[1] for line in file if line.startswith("Seccomp:")]
"""
    assert run(source).value == ["2"]


@linux_only
@pytest.mark.skipif(platform.machine() not in NUMBERS, reason="no list for this processor")
def test_a_refused_call_fails_cleanly(run: Run) -> None:
    source = """
import ctypes, errno
def f(number):
    libc = ctypes.CDLL(None, use_errno=True)
    return [libc.syscall(number, 0, 0, 0, 0), errno.errorcode[ctypes.get_errno()]]
"""
    assert run(source, NUMBERS[os.uname().machine]["io_uring_setup"]).value == [-1, "EPERM"]
