"""54 System calls that no exercise needs: tracing, namespaces, mounts, keys, io_uring, other families."""

from __future__ import annotations

import platform

import pytest

from .attack import Attack

SOURCE = """
import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    done = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(one) for one in arguments))
    return "done" if done >= 0 else errno.errorcode[ctypes.get_errno()]
def family(number):
    try:
        socket.socket(number, socket.SOCK_RAW)
    except OSError as problem:
        return errno.errorcode[problem.errno]
    return "done"
"""
CALLS = {
    "ptrace": "call(101, 16, 1, 0, 0)",
    "process_vm_readv": "call(310, 1, 0, 0, 0, 0, 0)",
    "unshare user": "call(272, 0x10000000)",
    "unshare network": "call(272, 0x40000000)",
    "setns": "call(308, 0, 0)",
    "clone with a namespace": "call(56, 0x10000000 | 17, 0, 0, 0, 0)",
    "mount": "call(165, 0, 0, 0, 0, 0)",
    "pivot_root": "call(155, 0, 0)",
    "chroot": "call(161, 0)",
    "open_tree": "call(428, -100, 0, 1)",
    "bpf": "call(321, 5, 0, 0)",
    "perf_event_open": "call(298, 0, 0, -1, -1, 0)",
    "add_key": "call(248, 0, 0, 0, 0, -3)",
    "keyctl": "call(250, 0, -3, 1)",
    "userfaultfd": "call(323, 0)",
    "io_uring_setup": "call(425, 1, 0)",
    "open_by_handle_at": "call(304, -100, 0, 0)",
    "kexec_load": "call(246, 0, 0, 0, 0)",
    "init_module": "call(175, 0, 0, 0)",
    "personality": "call(135, 0x0040000)",
    "pidfd_getfd": "call(438, 0, 0, 0)",
    "shared memory segment": "call(29, 0, 4096, 0o1600)",
    "numbers of another kind": "call(0x40000000 + 101, 0, 0, 0, 0)",
    "typing into the terminal": "call(16, 0, 0x5412, 0)",
    "machine sockets": "family(40)",
    "netlink": "family(16)",
    "packets": "family(17)",
    "kernel crypto": "family(38)",
}


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are this processor's")
@pytest.mark.parametrize("name", CALLS)
def test_the_kernel_refuses(attack_in_py: Attack, name: str) -> None:
    result = attack_in_py(SOURCE, f"return {CALLS[name]}")
    assert "it is 'EPERM'" in result.todos[0].message or "it is 'EAFNOSUPPORT'" in result.todos[0].message
