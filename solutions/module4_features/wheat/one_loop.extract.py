# why: Empty data sets that grow with each batch, without `append`.


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
        file = h5py.File(options.output_data_dir / ("aerial_bottleneck_" + part + ".h5"), "w")
        for pictures, own in read_batches(options.input_data_dir / part, options.batch_size):
            rows = network.predict(preprocess_input(pictures.numpy()), verbose=0)
            if "features" not in file:
                file.create_dataset("features", (0, rows.shape[1]), "float32", maxshape=(None, rows.shape[1]))
                file.create_dataset("labels", (0, own.shape[1]), "float32", maxshape=(None, own.shape[1]))
            start, stop = len(file["features"]), len(file["features"]) + len(rows)
            file["features"].resize(stop, axis=0)
            file["features"][start:stop] = rows
            file["labels"].resize(stop, axis=0)
            file["labels"][start:stop] = own
        file.close()
    # END TODO
