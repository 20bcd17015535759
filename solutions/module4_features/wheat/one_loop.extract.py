# why: Goes through the tiles once and writes as it goes.


def arguments(argv=None):
    parser = argparse.ArgumentParser()
    # TODO 4.3 Declare the three flags with their defaults.
    parser.add_argument("--batch_size", default=64, type=int, help="tiles at a time")
    parser.add_argument("--input_data_dir", type=Path, default=Path("aerialsmall"))
    parser.add_argument("--output_data_dir", type=Path, default=Path("bottleneck"))
    # END TODO
    return parser.parse_args(argv)


def main():
    options = arguments()
    # TODO 4.3 Write aerial_bottleneck_train.h5 and aerial_bottleneck_valid.h5.
    network = keras.applications.ResNet50(
        include_top=False, weights=WEIGHTS, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    os.makedirs(options.output_data_dir, exist_ok=True)
    for part in ["valid", "train"]:
        rows, labels = [], []
        for pictures, own in read_batches(options.input_data_dir / part, options.batch_size):
            rows.append(network.predict_on_batch(preprocess_input(pictures.numpy())))
            labels.append(own.numpy())
        file = h5py.File(options.output_data_dir / ("aerial_bottleneck_" + part + ".h5"), "w")
        file["features"] = np.vstack(rows)
        file["labels"] = np.vstack(labels)
        file.close()
    # END TODO
