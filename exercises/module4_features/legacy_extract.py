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
from tensorflow.keras.preprocessing.image import ImageDataGenerator

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string("data_folder", "aerialsmall", "where the tiles are")
tf.app.flags.DEFINE_string("output_data_dir", "bottleneck", "where the files go")
tf.app.flags.DEFINE_string("output_file_suffix", "aerial_bottleneck_keras.h5", "how they end")


def extract(featurizer, folder, file):
    generator = ImageDataGenerator(preprocessing_function=preprocess_input).flow_from_directory(
        folder, target_size=(SIDE, SIDE), batch_size=BATCH_SIZE, class_mode="categorical"
    )
    steps = generator.samples // BATCH_SIZE
    features = featurizer.predict_generator(generator, steps=steps)
    labels = keras.utils.to_categorical(generator.classes)
    with h5py.File(file, "w") as store:
        store.create_dataset("features", data=features)
        store.create_dataset("labels", data=labels)


def main(_):
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, input_shape=(SIDE, SIDE, 3), include_top=False, pooling="avg"
    )
    os.makedirs(FLAGS.output_data_dir, exist_ok=True)
    for part in ("train", "valid"):
        folder = os.path.join(FLAGS.data_folder, part)
        name = f"{part}_{FLAGS.output_file_suffix}"
        extract(featurizer, folder, os.path.join(FLAGS.output_data_dir, name))


if __name__ == "__main__":
    tf.app.run()
# END TODO
