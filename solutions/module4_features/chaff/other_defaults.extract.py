# chaff: 4.3
# why: Another default for the input folder.


def arguments(argv=None):
    parser = argparse.ArgumentParser()
    # TODO 4.3 Declare the three flags with their defaults.
    parser.add_argument("--batch_size", type=int, default=64)
    parser.add_argument("--input_data_dir", default="data")
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
        with h5py.File(output / f"aerial_bottleneck_{part}.h5", "w") as file:
            for pictures, own in tiles:
                append(file, "features", featurizer.predict_on_batch(preprocess_input(pictures)))
                append(file, "labels", own.numpy())
    # END TODO
