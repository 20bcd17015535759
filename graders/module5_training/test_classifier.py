"""5.1: a classifier on the features of tiles."""

import json

import numpy as np

from course_runtime.grading import expecting, listed, todo

FEATURES, CLASSES = 2048, ["Barren", "Cultivated", "Developed", "Forest", "Herbaceous", "Shrub"]
EPOCHS = 20
ENDINGS = (".keras", ".h5", ".hdf5")


def in_words(layers):
    return listed(
        f"{layer['kind']}"
        + (f", {layer['units']} units" if layer["units"] else "")
        + (f", {layer['activation']}" if layer["activation"] else "")
        + (f", rate {layer['rate']:g}" if layer["rate"] else "")
        for layer in layers
    )


@todo("5.1", points=2)
def test_layers(student, world):
    """A hidden layer, half of it dropped out, and six answers."""
    units = world.choice([96, 128, 160])
    layers = student.probe("layers", student.probe("making_the_classifier", units, l1=0.001, l2=0.002))
    assert layers is not None, (
        "make_classifier should return the network; it returned something else, or nothing. (model.compile(...) "
        "returns nothing: compile first, then return the model.)"
    )
    main = [layer for layer in layers if layer["kind"] in ("Dense", "Dropout")]
    kinds = [layer["kind"] for layer in main]
    assert kinds == ["Dense", "Dropout", "Dense"], (
        f"Between the features and the answer there should be a Dense, a Dropout and a Dense layer; there are:\n"
        f"{in_words(layers)}"
    )
    hidden, dropped, last = main
    assert (hidden["units"], last["units"]) == (units, 6), (
        f"With units={units} the dense layers should have {units} and 6 units; they have {hidden['units']} and "
        f"{last['units']}."
    )
    assert dropped["rate"] == 0.5, f"The dropout should be one half; its rate is {dropped['rate']}."
    others = {layer["kind"].lower() for layer in layers} | {hidden["activation"]}
    assert "relu" in others, f"The hidden layer should have relu; it has {hidden['activation']}."
    assert last["activation"] == "softmax" or "softmax" in others, (
        f"The last layer should have softmax, so that the six answers are probabilities; it has {last['activation']}."
    )


@todo("5.1", points=1)
def test_parameters(student):
    """Without arguments it has 512 units, and 1,052,166 parameters."""
    model = student.probe("making_the_classifier")
    found, expected = student.probe("parameters", model), (FEATURES + 1) * 512 + 513 * 6
    assert found is not None, (
        "The network does not know how many numbers come in, so it has no weights yet. Begin it with "
        "keras.Input((FEATURES,))."
    )
    assert found == expected, (
        f"From {FEATURES} features through 512 units to 6 classes it takes {expected:,} parameters; your network "
        f"has {found:,}."
    )


@todo("5.1", points=1)
def test_penalties(student, world):
    """The last kernel is penalised by l1 and l2, and nothing else is."""
    l1, l2 = world.choice([(0.002, 0.03), (0.04, 0.005), (0.01, 0.02)])
    told = student.probe("measuring_the_penalty", student.probe("making_the_classifier", 64, l1=l1, l2=l2))
    kernel = np.asarray(told["kernel"], "float64")
    each = {"l1": l1 * np.abs(kernel).sum(), "l2": l2 * np.square(kernel).sum()}
    expected = sum(each.values())
    if np.isclose(told["added"], expected, rtol=1e-3):
        return
    only = next((name for name, one in each.items() if np.isclose(told["added"], one, rtol=1e-3)), "")
    what = f"which is what {only} alone adds" if only else "so other weights are penalised, or otherwise"
    if told["added"] == 0:
        what = "so nothing is penalised"
    raise AssertionError(
        f"With l1={l1} and l2={l2} the penalty on the last layer's kernel adds {expected:.4f} to the loss; in your "
        f"network the penalties add {told['added']:.4f}, {what}."
    )


@todo("5.1", points=2)
def test_learns(student, world):
    """After 20 epochs, nine of ten hidden tiles are told apart."""
    hidden = world.features()
    model = student.probe("making_the_classifier", 256)
    with expecting(
        "fit should train the network, which make_classifier has compiled, with labels that are one-hot:"
    ):
        told = student.probe("training_it", model, hidden.train, hidden.train_labels, hidden.valid, EPOCHS)
    expected = ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert told["keys"] == expected, (
        f"Trained with validation data, the history should have {', '.join(expected)}; it has "
        f"{', '.join(told['keys'])}. The accuracy is the only metric, by the name 'accuracy'."
    )
    answers = np.asarray(told["probabilities"])
    sums = answers.sum(axis=1)
    assert answers.shape == (len(hidden.valid), 6) and np.allclose(sums, 1, atol=1e-3), (
        f"The answers should be six probabilities a tile, which add up to 1; those for the first tile add up to "
        f"{sums[0]:.3f}."
    )
    right = float((answers.argmax(axis=1) == hidden.valid_labels.argmax(axis=1)).mean())
    how = student.probe("compiled", model)
    assert right >= 0.9, (
        f"After {EPOCHS} epochs with {len(hidden.train)} tiles it should tell at least 90 percent of "
        f"{len(hidden.valid)} others; it tells {right:.0%}. Its optimiser is {how['optimizer']} with the learning rate "
        f"{how['learning_rate']:g}, its loss {how['loss']}.{about_adadelta(how)}"
    )


def about_adadelta(how):
    if how["optimizer"] != "Adadelta" or how["learning_rate"] >= 0.1:
        return ""
    return " When the notebook was written, Adadelta's own rate was 1."


@todo("5.1", points=1)
def test_kept(student, world):
    """The saved model is read again, answers as before, and is ready to train on."""
    folder, rows = f"{world.name('models')}/new", world.features().valid[:8]
    told = student.probe("keep", folder, rows)
    answer = told["answer"].removeprefix("./")
    assert not told["problem"], (
        f"keep returned {answer}; Keras should read the model from there again, but {told['problem']}"
    )
    assert answer.startswith(folder) and answer.endswith(
        tuple(f"/aerial_classifier{ending}" for ending in ENDINGS)
    ), (
        f"The model should lie at {folder}/aerial_classifier with one of {', '.join(ENDINGS)}; it lies at {answer}."
    )
    assert np.allclose(told["before"], told["after"], atol=1e-5), (
        "The model that was read again gives other answers than the one that was saved."
    )
    assert told["ready"], (
        "The model that was read again is not compiled: nobody can go on training it. Save the whole model."
    )


@todo("5.1", points=1)
def test_classes_kept(student, world):
    """The names of the classes lie beside the model, in the order of the answers."""
    folder = world.name("models")
    student.probe("keep", folder, world.features().valid[:2])
    beside = [name for name in student.files() if name.startswith(folder)]
    assert f"{folder}/classes.json" in beside, (
        f"There should be {folder}/classes.json beside the model; in the folder there are:\n"
        f"{listed(beside or ['(nothing)'])}"
    )
    text = student.read(f"{folder}/classes.json").decode(errors="replace")
    try:
        found, how = json.loads(text), ""
    except ValueError:
        found, how = None, ", which is not JSON: json.dumps writes that"
    assert found == CLASSES, f"classes.json should hold {json.dumps(CLASSES)}; it holds {text}{how}."
