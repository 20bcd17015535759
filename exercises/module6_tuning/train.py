"""Trains a small network on what stands in for the features of module 4, and logs how it did.

Two hundred rows of sixty-four numbers, six land uses, and one label in ten is wrong: enough to learn by heart, so
the penalties l1 and l2 matter.
"""

from __future__ import annotations

import argparse

import mlflow
import numpy as np

CLASSES, COLUMNS, TELLING = 6, 64, 12
EPOCHS, RATE = 200, 2.0


def tiles(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features and one-hot labels. Only some columns tell anything about the class."""
    centres = np.zeros((CLASSES, COLUMNS))
    centres[:, :TELLING] = np.random.default_rng(0).normal(size=(CLASSES, TELLING))
    random = np.random.default_rng(seed)
    labels = random.integers(CLASSES, size=rows)
    features = centres[labels] + random.normal(size=(rows, COLUMNS))
    mistaken = random.random(rows) < 0.1
    labels[mistaken] = random.integers(CLASSES, size=int(mistaken.sum()))
    return features, np.eye(CLASSES)[labels]


def probabilities(hidden: np.ndarray, weights: np.ndarray) -> np.ndarray:
    scores = hidden @ weights
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def accuracy(guessed: np.ndarray, labels: np.ndarray) -> float:
    return float((guessed.argmax(axis=1) == labels.argmax(axis=1)).mean())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=512)
    parser.add_argument("--l1", type=float, default=0.01)
    parser.add_argument("--l2", type=float, default=0.01)
    options = parser.parse_args()

    (train, labels), (valid, valid_labels) = tiles(200, seed=1), tiles(400, seed=2)
    layer = np.random.default_rng(3).normal(size=(COLUMNS, options.units)) / np.sqrt(COLUMNS)
    hidden, valid_hidden = (np.maximum(one @ layer, 0) / np.sqrt(options.units / 8) for one in (train, valid))
    weights = np.zeros((options.units, CLASSES))
    for epoch in range(1, EPOCHS + 1):
        slope = hidden.T @ (probabilities(hidden, weights) - labels) / len(labels)
        weights -= RATE * (slope + options.l2 * weights + options.l1 * np.sign(weights) / 10)
        if epoch % 50 == 0:
            mlflow.log_metric("training_acc", accuracy(probabilities(hidden, weights), labels), step=epoch)
            guessed = probabilities(valid_hidden, weights)
            mlflow.log_metric("validation_acc", accuracy(guessed, valid_labels), step=epoch)


if __name__ == "__main__":
    main()
