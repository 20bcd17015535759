"""4.2: features from ResNet50."""

import numpy as np

from course_runtime.grading import expecting, todo


def pictures(tiles):
    return np.stack([tile.pixels for tile in tiles]).astype("float32")


def right_shape(features, count):
    assert not getattr(features, "type", "").endswith("Tensor"), (
        "The features should be a NumPy array; a tensor came, as it comes from calling the network. Its predict gives "
        "an array."
    )
    assert isinstance(features, np.ndarray) and features.shape == (count, 2048), (
        f"{count} pictures should give an array of shape ({count}, 2048); what came has "
        f"{getattr(features, 'shape', type(features).__name__)}."
    )


@todo("4.2", points=1)
def test_featurizer(student):
    """The featurizer answers with 2048 numbers, and is frozen."""
    with expecting(
        "make_featurizer should build ResNet50 without its top, with the weights that WEIGHTS names."
    ):
        featurizer = student.probe("making_the_featurizer")
    shape = student.probe("shape_of_answer", featurizer)
    assert shape == [None, 2048], (
        f"The featurizer's output should have the shape (None, 2048); it has {tuple(shape)}. "
        "Without the top, pooled by the average."
    )
    count = student.probe("trainable_weights", featurizer)
    assert count == 0, f"The featurizer is not to be trained, but {count} of its weight arrays are trainable."


@todo("4.2", points=1)
def test_features_match(student, world, same_features):
    """The features of pictures are the right ones."""
    tiles, featurizer = world.tiles(1), student.probe("making_the_featurizer")
    features = student.call("features_of_images", featurizer, pictures(tiles))
    right_shape(features, len(tiles))
    if same_features(features, np.stack([tile.features for tile in tiles])):
        return
    prepared = student.probe("features_of_prepared", featurizer, pictures(tiles[:1]))
    assert same_features(prepared, tiles[0].features[None]), (
        "The network of make_featurizer has other features than ResNet50 with the weights that WEIGHTS names and the "
        "pooling 'avg'. (It was given pictures that are preprocessed as they should be.)"
    )
    raise AssertionError(
        "The network is the right one, but these are not the features of the pictures. "
        "Is preprocess_input of keras.applications.resnet50 applied, once, to values from 0 to 255?"
    )


@todo("4.2", points=2)
def test_pictures_stay(student, world, same_features):
    """The pictures stay as they are, so that a second call gives the same."""
    tiles = world.tiles(1)[:3]
    given = pictures(tiles)
    found = student.probe("features_twice", student.probe("making_the_featurizer"), given)
    left, once, twice = found["pictures"], found["once"], found["twice"]
    assert np.array_equal(left, given), (
        f"The caller's pictures were changed: their first pixel was {given[0, 0, 0].tolist()}, and is "
        f"{np.asarray(left)[0, 0, 0].tolist()} afterwards. preprocess_input writes into an array of floats."
    )
    assert same_features(once, twice), "The same pictures gave other features the second time."


@todo("4.2", points=1)
def test_whole_numbers(student, world, same_features):
    """Pictures of whole numbers, as they come from a file, work too."""
    tiles = world.tiles(1)[:3]
    given = np.stack([tile.pixels for tile in tiles])
    features = student.call("features_of_images", student.probe("making_the_featurizer"), given)
    right_shape(features, len(tiles))
    assert same_features(features, np.stack([tile.features for tile in tiles])), (
        "The same pictures as 8-bit whole numbers should give the same features."
    )


@todo("4.2", points=1)
def test_of_a_generator(student, world, same_features):
    """What a generator has preprocessed is not preprocessed again."""
    tiles = world.tiles(1)[:5]
    generator = student.probe("ready_generator", pictures(tiles), 2)
    features = student.call("features_of_generator", student.probe("making_the_featurizer"), generator)
    right_shape(features, len(tiles))
    assert same_features(features, np.stack([tile.features for tile in tiles])), (
        "The generator of this test preprocesses its pictures itself: 5, in batches of 2. Predict what it gives, "
        "in its order, as it is."
    )
