# chaff: 4.3
# why: The features of a whole part are in memory before the first of them is written.


def arguments(argv=None):
    parser = argparse.ArgumentParser(description="ResNet50 features of aerial tiles")
    # TODO 4.3 Declare the three flags with their defaults.
    parser.add_argument("--batch_size", type=int, default=64)
    parser.add_argument("--input_data_dir", default="aerialsmall")
    parser.add_argument("--output_data_dir", default="bottleneck")
    # END TODO
    return parser.parse_args(argv)


def main():
    options = arguments()
    # TODO 4.3 Write aerial_bottleneck_train.h5 and aerial_bottleneck_valid.h5.
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    output = Path(options.output_data_dir)
    output.mkdir(parents=True, exist_ok=True)
    for part in ("train", "valid"):
        tiles = read_batches(Path(options.input_data_dir) / part, options.batch_size)
        ready = tiles.map(lambda pictures, labels: preprocess_input(pictures))
        features = featurizer.predict(ready, verbose=0)
        labels = np.concatenate([own.numpy() for _, own in tiles])
        with h5py.File(output / f"aerial_bottleneck_{part}.h5", "w") as file:
            file.create_dataset("features", data=features.astype("float32"))
            file.create_dataset("labels", data=labels.astype("float32"))
    # END TODO
