"""Landlock: the kernel's own list of where this process may write, below the mounts that already say so."""

from __future__ import annotations

import ctypes
import os

from . import linux

SYS_CREATE_RULESET = 444
SYS_ADD_RULE = 445
SYS_RESTRICT_SELF = 446
VERSION = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIRECTORY = 1 << 0, 1 << 1, 1 << 2, 1 << 3
READING = EXECUTE | READ_FILE | READ_DIRECTORY
FIRST_VERSION = (
    1 << 13
) - 1  # rights a kernel with version 1 knows; later bits: refer, truncate, device ioctl
REFER, TRUNCATE = 1 << 13, 1 << 14
SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1 << 0, 1 << 1


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def restrict(writable: list[str]) -> None:
    """Reading stays as the mounts allow; writing only below `writable`; signals only to what it starts."""
    version = linux.syscall(SYS_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION))
    rights = _rights(version)
    ruleset = _create(rights, version)
    try:
        _allow(ruleset, "/", READING)
        for path in writable:
            _allow(ruleset, path, rights)
        linux.syscall(SYS_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _rights(version: int) -> int:
    return FIRST_VERSION | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)


def _create(rights: int, version: int) -> int:
    scoped = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS if version >= 6 else 0
    attributes = _Ruleset(rights, 0, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    return linux.syscall(
        SYS_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )


def _allow(ruleset: int, path: str, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathRule(rights, folder)
        linux.syscall(
            SYS_ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(RULE_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(folder)
