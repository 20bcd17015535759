"""The script of module 4's solution beside the bare forward pass, and its memory by the number of tiles.

python tests/benchmarks/featurizer.py [FEW MANY]
"""

from __future__ import annotations

import json
import os
import shutil
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
ROUNDS = 5
PARTS = ("train", "valid")


def make_tiles(folder: Path, count: int) -> Path:
    """Sixty tiles under as many names as asked: what is on the disk does not matter, how much is read does."""
    sys.path.insert(0, str(ROOT))
    from datasets import aerial

    originals = sorted((aerial.path(60, train=10, valid=1) / "train").glob("*/*.png"))
    for number in range(count):
        original = originals[number % len(originals)]
        place = folder / PARTS[number % 2] / original.parent.name
        place.mkdir(parents=True, exist_ok=True)
        os.link(original, place / f"tile_{number:05}.png")
    return folder


def peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def extract_features(featurizer: Any, folder: str) -> None:
    """The whole script of module 4, with a network that is built already."""
    import extract
    import keras

    keras.applications.ResNet50 = lambda **options: featurizer
    output = f"{folder}-features"
    sys.argv = ["extract.py", "--input_data_dir", folder, "--output_data_dir", output]
    sys.argv += ["--batch_size", str(BATCH)]
    extract.main()


def cheap_featurizer() -> Any:
    """As many numbers a tile as ResNet50 gives, for a thousandth of its work: what is measured is all the rest."""
    import keras

    layers = [keras.layers.Input((224, 224, 3)), keras.layers.GlobalAveragePooling2D()]
    return keras.Sequential([*layers, keras.layers.Dense(2048)])


def featurize(folder: str) -> dict[str, float]:
    """In a process of its own: every tile of a folder through the script; how much memory that took at its height."""
    sys.path.insert(0, str(SOLUTION))
    extract_features(cheap_featurizer(), folder)
    return {"peak": peak_megabytes()}


def compare(folder: str) -> dict[str, float]:
    """Alternately by the script and from an array that is ready; tiles a second, and processor seconds.

    The best of some rounds: what else the machine does only ever takes time away.
    """
    sys.path.insert(0, str(SOLUTION))
    import exercise
    import extract
    import numpy as np

    featurizer = exercise.make_featurizer()
    parts = [extract.read_batches(Path(folder) / part, BATCH) for part in PARTS]
    ready = extract.preprocess_input(np.concatenate([own.numpy() for part in parts for own, _ in part]))
    ways = {
        "bare": lambda: featurizer.predict(ready, batch_size=BATCH, verbose=0),
        "script": lambda: extract_features(featurizer, folder),
    }
    wall: dict[str, list[float]] = {name: [] for name in ways}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, way in ways.items():
            began, used = time.perf_counter(), time.process_time()
            way()
            wall[name].append(time.perf_counter() - began)
            processor[name].append(time.process_time() - used)
    return {
        "bare": len(ready) / min(wall["bare"][1:]),
        "script": len(ready) / min(wall["script"][1:]),
        "processor": min(processor["bare"][1:]) / min(processor["script"][1:]),
    }


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
    cache = Path.home() / ".cache"
    cache.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="bench-tiles-", dir=cache))
    try:
        speed = in_a_process("compare", make_tiles(work / "speed", MEASURED))
        share = speed["script"] / speed["bare"]
        beside = (
            f"bare {speed['bare']:.1f}: {share:.0%} of it, {speed['processor']:.0%} by processor time (95%)"
        )
        print(f"{'featurizer, tiles a second':<58}{speed['script']:>9.1f}     {beside}")
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
