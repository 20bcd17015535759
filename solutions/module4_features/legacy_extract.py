"""Features of aerial tiles: a script of 2018, when the second half of its libraries looked otherwise.

python legacy_extract.py --data_folder aerialsmall --output_data_dir bottleneck
"""

import os

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras.applications.resnet50 import preprocess_input

SIDE = 224
BATCH_SIZE = 4
WEIGHTS = os.environ.get("WORKSHOP_WEIGHTS", "imagenet")

# TODO 4.5 Mend what TensorFlow no longer has, and what was wrong from the start.
#   What stays: the three flags with their defaults, the names of the two files, their data sets, and one row for
#   every tile, its label beside its features. `python legacy_extract.py --help` shows the flags, and ends.
import argparse  # noqa: E402
from pathlib import Path  # noqa: E402


def extract(featurizer, folder, file):
    tiles = keras.utils.image_dataset_from_directory(
        folder,
        label_mode="categorical",
        image_size=(SIDE, SIDE),
        batch_size=BATCH_SIZE,
        shuffle=False,
        verbose=False,
    )
    labels = np.concatenate([own.numpy() for _, own in tiles])
    ready = tiles.map(lambda pictures, own: preprocess_input(pictures)).prefetch(tf.data.AUTOTUNE)
    features = featurizer.predict(ready, verbose=0)
    with h5py.File(file, "w") as store:
        store.create_dataset("features", data=features)
        store.create_dataset("labels", data=labels)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data_folder", default="aerialsmall", help="where the tiles are")
    parser.add_argument("--output_data_dir", default="bottleneck", help="where the files go")
    parser.add_argument("--output_file_suffix", default="aerial_bottleneck_keras.h5", help="how they end")
    flags = parser.parse_args()
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, input_shape=(SIDE, SIDE, 3), include_top=False, pooling="avg"
    )
    output = Path(flags.output_data_dir)
    output.mkdir(parents=True, exist_ok=True)
    for part in ("train", "valid"):
        extract(featurizer, Path(flags.data_folder) / part, output / f"{part}_{flags.output_file_suffix}")


if __name__ == "__main__":
    main()
# EXERCISE: from tensorflow.keras.preprocessing.image import ImageDataGenerator
# EXERCISE:
# EXERCISE: FLAGS = tf.app.flags.FLAGS
# EXERCISE: tf.app.flags.DEFINE_string("data_folder", "aerialsmall", "where the tiles are")
# EXERCISE: tf.app.flags.DEFINE_string("output_data_dir", "bottleneck", "where the files go")
# EXERCISE: tf.app.flags.DEFINE_string("output_file_suffix", "aerial_bottleneck_keras.h5", "how they end")
# EXERCISE:
# EXERCISE:
# EXERCISE: def extract(featurizer, folder, file):
# EXERCISE:     generator = ImageDataGenerator(preprocessing_function=preprocess_input).flow_from_directory(
# EXERCISE:         folder, target_size=(SIDE, SIDE), batch_size=BATCH_SIZE, class_mode="categorical"
# EXERCISE:     )
# EXERCISE:     steps = generator.samples // BATCH_SIZE
# EXERCISE:     features = featurizer.predict_generator(generator, steps=steps)
# EXERCISE:     labels = keras.utils.to_categorical(generator.classes)
# EXERCISE:     with h5py.File(file, "w") as store:
# EXERCISE:         store.create_dataset("features", data=features)
# EXERCISE:         store.create_dataset("labels", data=labels)
# EXERCISE:
# EXERCISE:
# EXERCISE: def main(_):
# EXERCISE:     featurizer = keras.applications.ResNet50(
# EXERCISE:         weights=WEIGHTS, input_shape=(SIDE, SIDE, 3), include_top=False, pooling="avg"
# EXERCISE:     )
# EXERCISE:     os.makedirs(FLAGS.output_data_dir, exist_ok=True)
# EXERCISE:     for part in ("train", "valid"):
# EXERCISE:         folder = os.path.join(FLAGS.data_folder, part)
# EXERCISE:         name = f"{part}_{FLAGS.output_file_suffix}"
# EXERCISE:         extract(featurizer, folder, os.path.join(FLAGS.output_data_dir, name))
# EXERCISE:
# EXERCISE:
# EXERCISE: if __name__ == "__main__":
# EXERCISE:     tf.app.run()
# END TODO
