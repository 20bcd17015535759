# chaff: 4.2
# why: Calling the network gives a tensor; predict gives an array.


def make_featurizer():
    # TODO 4.2 Build ResNet50 without its top, pooled by the average.
    featurizer = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    featurizer.trainable = False
    return featurizer
    # END TODO


def features_of_images(featurizer, images):
    # TODO 4.2 Preprocess a copy of the pictures, and predict.
    return featurizer(preprocess_input(np.array(images, dtype="float32")))
    # END TODO
