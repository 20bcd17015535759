"""Features of aerial tiles as HDF5 files: what a job runs.

python extract.py --input_data_dir aerialsmall --output_data_dir bottleneck --batch_size 64
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras.applications.resnet50 import preprocess_input

SIDE = 224
WEIGHTS = os.environ.get("WORKSHOP_WEIGHTS", "imagenet")


def read_batches(folder: Path, batch_size: int) -> tf.data.Dataset:
    """Batches of (pictures with values from 0 to 255, one-hot labels), always in the same order.

    Only .png files are read. The next batch is being read and decoded while the network works on this one.
    """
    classes = sorted(place.name for place in folder.iterdir() if place.is_dir())
    files = sorted(file for name in classes for file in (folder / name).glob("*.png"))
    labels = [classes.index(file.parent.name) for file in files]
    names = tf.data.Dataset.from_tensor_slices(
        ([str(file) for file in files], tf.one_hot(labels, len(classes)))
    )
    tiles = names.map(lambda name, label: (_picture(name), label), num_parallel_calls=2)
    return tiles.batch(batch_size).prefetch(2)


def _picture(name: tf.Tensor) -> tf.Tensor:
    picture = tf.image.decode_png(tf.io.read_file(name), channels=3)
    return tf.ensure_shape(tf.cast(picture, tf.float32), (SIDE, SIDE, 3))


def append(file: h5py.File, name: str, rows: np.ndarray) -> None:
    """Add rows to a data set of the file; the first ones make it."""
    if name not in file:
        file.create_dataset(name, data=rows, maxshape=(None, *rows.shape[1:]))
        return
    stored = file[name]
    stored.resize(len(stored) + len(rows), axis=0)
    stored[-len(rows) :] = rows


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The flags of the command line."""
    parser = argparse.ArgumentParser(description="ResNet50 features of aerial tiles")
    # TODO 4.3 Declare the three flags with their defaults.
    #   --batch_size: a whole number, 64. --input_data_dir: aerialsmall. --output_data_dir: bottleneck.
    parser.add_argument("--batch_size", type=int, default=64)
    parser.add_argument("--input_data_dir", default="aerialsmall")
    parser.add_argument("--output_data_dir", default="bottleneck")
    # END TODO
    return parser.parse_args(argv)


def main() -> None:
    options = arguments()
    # TODO 4.3 Write aerial_bottleneck_train.h5 and aerial_bottleneck_valid.h5.
    #   From the folders train and valid below the input folder. Each file holds two data sets of 32-bit floats:
    #   features (N, 2048) and labels (N, classes), row by row of the same tile. The output folder may not be there.
    #   Write each batch before the next one comes (`append`), so that memory does not grow with the tiles.
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    output = Path(options.output_data_dir)
    output.mkdir(parents=True, exist_ok=True)
    for part in ("train", "valid"):
        tiles = read_batches(Path(options.input_data_dir) / part, options.batch_size)
        with h5py.File(output / f"aerial_bottleneck_{part}.h5", "w") as file:
            for pictures, labels in tiles:
                append(file, "features", featurizer.predict_on_batch(preprocess_input(pictures)))
                append(file, "labels", labels.numpy())
    # END TODO


if __name__ == "__main__":
    main()
