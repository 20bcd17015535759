# why: Calls the network itself, batch by batch, and normalises by hand.


def make_featurizer():
    # TODO 4.2 Build ResNet50 without its top, pooled by the average.
    featurizer = keras.applications.ResNet50(
        include_top=False, weights=WEIGHTS, input_tensor=keras.Input((SIDE, SIDE, 3)), pooling="avg"
    )
    for layer in featurizer.layers:
        layer.trainable = False
    return featurizer
    # END TODO


def features_of_images(featurizer, images):
    # TODO 4.2 Preprocess a copy of the pictures, and predict.
    mean = np.array([103.939, 116.779, 123.68], dtype="float32")
    ready = np.asarray(images)[..., ::-1].astype("float32") - mean
    return np.concatenate(
        [featurizer(ready[at : at + 4], training=False).numpy() for at in range(0, len(ready), 4)]
    )
    # END TODO


def features_of_generator(featurizer, generator):
    # TODO 4.2 Predict what the generator gives.
    return np.concatenate([featurizer(generator[at], training=False).numpy() for at in range(len(generator))])
    # END TODO
