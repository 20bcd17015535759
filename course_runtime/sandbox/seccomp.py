"""Seccomp: a list of system calls that the kernel refuses to this process and all it will ever start.

The filter is a small program for the kernel's own machine (BPF): look at the call's number, then at one argument
where that decides. What it refuses fails with EPERM, as if the user were not allowed to.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterable

from . import linux
from .system_calls import DENIED, NUMBERS

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, MACHINE_AT, ARGUMENTS_AT = 0, 4, 16
ALLOW = 0x7FFF0000
REFUSE = 0x00050000
SECCOMP_MODE_FILTER = 2

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_CALLS = 0x40000000  # the same calls once more, under other numbers
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW flag
FAMILIES = (
    1,
    2,
    10,
)  # AF_UNIX, AF_INET, AF_INET6: a private network stands behind these, not behind the others
PERSONALITIES = (0, 0xFFFFFFFF)  # the usual one, and the question which it is
KEYBOARD_INPUT = (0x5412, 0x541C)  # TIOCSTI and TIOCLINUX write into a terminal what nobody typed
RLIMIT_CORE = 4  # held at 1: at 0, a crash would still start the machine's own collector of dumps

Instruction = bytes


def install() -> None:
    """Needs no_new_privs, and is for ever."""
    machine = platform.machine()
    if machine not in NUMBERS or sys.maxsize < 2**32:
        raise OSError(errno.ENOSYS, f"no list of system calls for {machine} is kept here")
    code = b"".join(program(machine))
    text = ctypes.create_string_buffer(code, len(code))
    header = _Program(len(code) // 8, ctypes.addressof(text))
    linux.prctl(linux.PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(header))


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def program(machine: str) -> list[Instruction]:
    numbers = NUMBERS[machine]
    return [
        _do(LOAD, MACHINE_AT),
        *_unless(JUMP_EQUAL, MACHINES[machine], errno.EPERM),
        _do(LOAD, NUMBER_AT),
        *_when(JUMP_AT_LEAST, X32_CALLS, errno.EPERM),
        *_all(_when(JUMP_EQUAL, numbers[name], errno.EPERM) for name in DENIED if name in numbers),
        # Its flags lie in memory, where a filter cannot look: the C library then uses clone.
        *_when(JUMP_EQUAL, numbers["clone3"], errno.ENOSYS),
        *_for_call(numbers["clone"], 0, _when(JUMP_ANY_BIT, NEW_NAMESPACES, errno.EPERM)),
        *_for_call(numbers["socket"], 0, _only(FAMILIES, errno.EAFNOSUPPORT)),
        *_for_call(numbers["socketpair"], 0, _only(FAMILIES, errno.EAFNOSUPPORT)),
        *_for_call(numbers["personality"], 0, _only(PERSONALITIES, errno.EPERM)),
        *_for_call(numbers["ioctl"], 1, _none_of(KEYBOARD_INPUT, errno.EPERM)),
        *_for_call(numbers["setrlimit"], 0, _none_of((RLIMIT_CORE,), errno.EPERM)),
        *_for_call(numbers["prlimit64"], 1, _none_of((RLIMIT_CORE,), errno.EPERM)),
        _do(RETURN, ALLOW),
    ]


def _do(code: int, value: int, if_true: int = 0, if_false: int = 0) -> Instruction:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _refuse(error: int) -> Instruction:
    return _do(RETURN, REFUSE | error)


def _when(test: int, value: int, error: int) -> list[Instruction]:
    return [_do(test, value, 0, 1), _refuse(error)]


def _unless(test: int, value: int, error: int) -> list[Instruction]:
    return [_do(test, value, 1, 0), _refuse(error)]


def _none_of(values: Iterable[int], error: int) -> list[Instruction]:
    return _all(_when(JUMP_EQUAL, value, error) for value in values)


def _only(values: Iterable[int], error: int) -> list[Instruction]:
    allowed = _all([_do(JUMP_EQUAL, value, 0, 1), _do(RETURN, ALLOW)] for value in values)
    return [*allowed, _refuse(error)]


def _for_call(number: int, argument: int, checks: list[Instruction]) -> list[Instruction]:
    """The checks, on the low word of that argument, for that call alone."""
    low_word = ARGUMENTS_AT + 8 * argument
    return [
        _do(JUMP_EQUAL, number, 0, len(checks) + 2),
        _do(LOAD, low_word),
        *checks,
        _do(RETURN, ALLOW),
    ]


def _all(parts: Iterable[list[Instruction]]) -> list[Instruction]:
    return [instruction for part in parts for instruction in part]
