"""Fits a line, one batch of patients a step, and can be taken off its node at any moment.

python train_resumable.py --data batches --steps 40 --checkpoints kept --output line.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

Line = list[float]
RATE = 0.1


def read_batch(data: Path, number: int) -> list[list[float]]:
    """The points of one batch, each an x and a y."""
    return json.loads((data / f"batch-{number:03}.json").read_text(encoding="utf-8"))


def improve(line: Line, batch: list[list[float]]) -> Line:
    """The line (slope and height), moved a little towards the batch's points."""
    slope, height = line
    errors = [(slope * x + height - y, x) for x, y in batch]
    slope -= RATE * sum(error * x for error, x in errors) / len(batch)
    height -= RATE * sum(error for error, _ in errors) / len(batch)
    return [slope, height]


def train(data: Path, steps: int, checkpoints: Path) -> Line:
    """The line after all steps; step 0 begins with [0.0, 0.0] and reads batch 0."""
    # TODO 1.3 Train, and survive being killed between any two steps.
    #   After each step, keep what is needed to go on in the folder `checkpoints`; it may not be there yet, and it is
    #   all that the next node gets. When something is kept there already, go on from it: no step is done twice.
    checkpoints.mkdir(parents=True, exist_ok=True)
    kept = checkpoints / "state.json"
    done, line = 0, [0.0, 0.0]
    if kept.exists():
        state = json.loads(kept.read_text(encoding="utf-8"))
        done, line = state["done"], state["line"]
    for number in range(done, steps):
        line = improve(line, read_batch(data, number))
        draft = checkpoints / "state.json.new"
        draft.write_text(json.dumps({"done": number + 1, "line": line}), encoding="utf-8")
        draft.replace(kept)  # at once: being killed while writing leaves the old checkpoint whole
    return line
    # END TODO


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    line = train(options.data, options.steps, options.checkpoints)
    options.output.write_text(json.dumps(line), encoding="utf-8")


if __name__ == "__main__":
    main()
