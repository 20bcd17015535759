"""The featurizer of module 4's solution beside the bare forward pass, and its memory by the number of tiles.

python tests/benchmarks/featurizer.py [FEW MANY]
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / "module4_features"
FEW, MANY = 200, 5_000
BATCH = 16
MEASURED = 96  # tiles for the speed
ROUNDS = 3


def make_tiles(folder: Path, count: int) -> Path:
    """Sixty tiles under as many names as asked: what is on the disk does not matter, how much is read does."""
    sys.path.insert(0, str(ROOT))
    from datasets import aerial

    originals = sorted((aerial.path(60, train=10, valid=1) / "train").glob("*/*.png"))
    for number in range(count):
        original = originals[number % len(originals)]
        place = folder / original.parent.name
        place.mkdir(parents=True, exist_ok=True)
        os.link(original, place / f"tile_{number:05}.png")
    return folder


def peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def from_files(featurizer: Any, folder: str) -> Any:
    """As the script of module 4 does it."""
    import extract

    tiles = extract.read_batches(Path(folder), BATCH)
    return featurizer.predict(
        tiles.map(lambda pictures, labels: extract.preprocess_input(pictures)), verbose=0
    )


def make_featurizer() -> Any:
    sys.path.insert(0, str(SOLUTION))
    import exercise

    return exercise.make_featurizer()


def featurize(folder: str) -> dict[str, float]:
    """In a process of its own: the features of every tile of a folder; how much memory that took at its height."""
    from_files(make_featurizer(), folder)
    return {"peak": peak_megabytes()}


def compare(folder: str) -> dict[str, float]:
    """Alternately from files and from an array that is ready: tiles a second, medians."""
    featurizer = make_featurizer()
    import extract
    import numpy as np

    pictures = np.concatenate([own.numpy() for own, _ in extract.read_batches(Path(folder), BATCH)])
    ready = extract.preprocess_input(pictures)
    ways = {
        "bare": lambda: featurizer.predict(ready, batch_size=BATCH, verbose=0),
        "files": lambda: from_files(featurizer, folder),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - started)
    return {name: len(ready) / statistics.median(taken[1:]) for name, taken in seconds.items()}


def in_a_process(what: str, folder: Path) -> dict[str, float]:
    sys.path.insert(0, str(ROOT))
    from datasets import aerial

    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "WORKSHOP_WEIGHTS": str(aerial.weights().file),
    }
    command = [sys.executable, __file__, what, str(folder)]
    answer = subprocess.run(command, env={**os.environ, **quiet}, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def lines(few: int = FEW, many: int = MANY) -> None:
    """Prints the figures."""
    work = Path(tempfile.mkdtemp(prefix="bench-tiles-", dir=Path.home() / ".cache"))
    try:
        speed = in_a_process("compare", make_tiles(work / "speed", MEASURED))
        share = speed["files"] / speed["bare"]
        beside = f"bare {speed['bare']:.1f}: {share:.0%} of it (95%)"
        print(f"{'featurizer, tiles a second':<58}{speed['files']:>9.1f}     {beside}")
        peaks = {
            count: in_a_process("featurize", make_tiles(work / str(count), count)) for count in (few, many)
        }
        grown = peaks[many]["peak"] - peaks[few]["peak"]
        print(
            f"{f'its memory, {few} -> {many} tiles':<58}{grown:>9.0f} MB     of {peaks[few]['peak']:.0f} (100 MB more)"
        )
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and not sys.argv[1].isdecimal():
        print(json.dumps({"compare": compare, "featurize": featurize}[sys.argv[1]](sys.argv[2])))
    else:
        lines(*map(int, sys.argv[1:]))
