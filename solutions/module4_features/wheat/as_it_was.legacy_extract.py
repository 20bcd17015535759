# why: Keeps Keras's old generator, in order and to its end.


# TODO 4.5 Mend what TensorFlow no longer has, and what was wrong from the start.
import argparse

from tensorflow.keras.preprocessing.image import ImageDataGenerator


def extract(featurizer, folder, file):
    generator = ImageDataGenerator(preprocessing_function=preprocess_input).flow_from_directory(
        folder, target_size=(SIDE, SIDE), batch_size=BATCH_SIZE, class_mode="categorical", shuffle=False
    )
    features = featurizer.predict(generator, verbose=0)
    labels = keras.utils.to_categorical(generator.classes)
    with h5py.File(file, "w") as store:
        store.create_dataset("features", data=features)
        store.create_dataset("labels", data=labels)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data_folder", default="aerialsmall")
    parser.add_argument("--output_data_dir", default="bottleneck")
    parser.add_argument("--output_file_suffix", default="aerial_bottleneck_keras.h5")
    FLAGS = parser.parse_args()
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, input_shape=(SIDE, SIDE, 3), include_top=False, pooling="avg"
    )
    os.makedirs(FLAGS.output_data_dir, exist_ok=True)
    for part in ("train", "valid"):
        name = f"{part}_{FLAGS.output_file_suffix}"
        extract(featurizer, os.path.join(FLAGS.data_folder, part), os.path.join(FLAGS.output_data_dir, name))
# END TODO
