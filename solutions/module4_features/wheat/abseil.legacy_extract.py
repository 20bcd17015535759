# why: Abseil's flags, which tf.app's became. Its --help ends with the exit code 1.


# TODO 4.5 Mend what TensorFlow no longer has, and what was wrong from the start.
from absl import app, flags

FLAGS = flags.FLAGS
flags.DEFINE_string("data_folder", "aerialsmall", "where the tiles are")
flags.DEFINE_string("output_data_dir", "bottleneck", "where the files go")
flags.DEFINE_string("output_file_suffix", "aerial_bottleneck_keras.h5", "how they end")


def extract(featurizer, folder, file):
    tiles = keras.utils.image_dataset_from_directory(
        folder, label_mode="categorical", image_size=(SIDE, SIDE), batch_size=BATCH_SIZE, shuffle=False
    )
    with h5py.File(file, "w") as store:
        store["features"] = featurizer.predict(
            tiles.map(lambda pictures, _: preprocess_input(pictures)), verbose=0
        )
        store["labels"] = np.concatenate([labels.numpy() for _, labels in tiles])


def main(_):
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, input_shape=(SIDE, SIDE, 3), include_top=False, pooling="avg"
    )
    os.makedirs(FLAGS.output_data_dir, exist_ok=True)
    for part in ("train", "valid"):
        name = f"{part}_{FLAGS.output_file_suffix}"
        extract(featurizer, os.path.join(FLAGS.data_folder, part), os.path.join(FLAGS.output_data_dir, name))


if __name__ == "__main__":
    app.run(main)
# END TODO
