# chaff: 4.2
# why: A 7 x 7 grid of features for each picture.


def make_featurizer():
    # TODO 4.2 Build ResNet50 without its top, pooled by the average.
    featurizer = keras.applications.ResNet50(weights=WEIGHTS, include_top=False, input_shape=(SIDE, SIDE, 3))
    featurizer.trainable = False
    return featurizer
    # END TODO


def features_of_images(featurizer, images):
    # TODO 4.2 Preprocess a copy of the pictures, and predict.
    return featurizer.predict(preprocess_input(np.array(images, dtype="float32")), verbose=0)
    # END TODO


def features_of_generator(featurizer, generator):
    # TODO 4.2 Predict what the generator gives.
    return featurizer.predict(generator, verbose=0)
    # END TODO
