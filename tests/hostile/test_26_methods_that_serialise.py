"""26 Methods that take part in encoding an answer: iterators, buffers, encoders, YAML tags in files."""

from __future__ import annotations

import pytest

from .attack import Attack
from .kit import Kit

SOURCE = """
import json, os, enum
class Dict(dict):
    def items(self): os._exit(0)
    def __iter__(self): os._exit(0)
class List(list):
    def __iter__(self): os._exit(0)
    def __len__(self): return 10**12
class Bytes(bytes):
    def __buffer__(self, flags): os._exit(0)
    def __len__(self): return -1
class Name(enum.Enum):
    ONE = 1
class Forged(dict): pass
json.JSONEncoder.default = lambda *_: 5
json.encoder.JSONEncoder.encode = lambda *_: '{"value": 5}'
"""
ANSWERS = (
    "Dict(a=1)",
    "List([1])",
    "Bytes(b'x')",
    "Name.ONE",
    "{'float': 'nan'}",
    "[{'handle': {'id': 1}}]",
    "{'npy': [0, 10]}",
    "object",
    "len",
    "iter([1])",
    "(n for n in [1])",
    "memoryview(b'x')",
    "1j",
    "...",
)


@pytest.mark.parametrize("answer", ANSWERS)
def test_none_passes_for_the_number(attack_in_py: Attack, answer: str) -> None:
    result = attack_in_py(SOURCE, f"return {answer}")
    assert result.todos[0].status == "failed"


def test_a_yaml_file_is_only_a_file(attack: Attack, kit: Kit) -> None:
    path = kit.write("attack/conda.yml", "!!python/object/apply:os.system ['touch /tmp/marker']")
    attack("", "return open('conda.yml').read()")
    path.unlink()
