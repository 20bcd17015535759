# chaff: 4.5
# why: Loses the preprocessing on the way.


# TODO 4.5 Mend what TensorFlow no longer has, and what was wrong from the start.
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
    ready = tiles.map(lambda pictures, own: pictures).prefetch(tf.data.AUTOTUNE)
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
# END TODO
