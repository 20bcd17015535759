"""49 What the next student would run: caches, bytecode, temporary files, the warm parent's modules."""

from __future__ import annotations

from .attack import Attack

POISON = """
import builtins, glob, importlib.util, json, os, random, sys
for path in glob.glob("/usr/lib/python3*/__pycache__/*.pyc")[:50] + [importlib.util.cache_from_source(json.__file__), json.__file__]:
    try:
        with open(path, "ab") as file: file.write(b"poison")
    except OSError: pass
for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~/.cache")):
    try:
        os.makedirs(folder, exist_ok=True)
        open(os.path.join(folder, "poison.py"), "w").write("raise SystemExit")
    except OSError: pass
json.dumps = random.Random.random = builtins.len = lambda *_, **__: None
sys.path.insert(0, "/tmp")
os.environ["PYTHONPATH"] = "/tmp"
"""
LOOK = """
import glob, json, os, sys
found = glob.glob("/tmp/*.py") + glob.glob("/dev/shm/*") + [name for name in sys.path if name == "/tmp"]
found += [] if json.dumps([1]) == "[1]" and len("ab") == 2 else ["patched"]
"""


def test_the_next_one_finds_nothing_of_it(attack: Attack) -> None:
    attack(POISON)
    result = attack(LOOK, "raise RuntimeError(found)")
    assert "raised RuntimeError: []" in result.todos[0].message
