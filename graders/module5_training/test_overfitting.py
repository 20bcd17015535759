"""5.4: over-fitting is found and mended."""

import numpy as np

from course_runtime.grading import todo

CLASSES, COLUMNS, TELLING, APART, WRONG = 6, 32, 20, 1.3, 0.2
TRAINED, VALID, UNSEEN = 320, 200, 1000
LEAST, WIDEST = 0.70, 0.15


def history_of(world, epochs):
    """Multiples of 1/1024, all different: the best validation loss is neither the first nor the last."""
    values = iter(world.random.sample(range(100, 1000), 4 * epochs))
    history = {
        key: [next(values) / 1024 for _ in range(epochs)]
        for key in ("accuracy", "loss", "val_accuracy", "val_loss")
    }
    best = world.random.randrange(1, epochs - 1)
    history["val_loss"][best] = 50 / 1024
    return history, best


def check(student, history, gap, best_epoch):
    found = student.call("look_at", history)
    assert isinstance(found, dict) and set(found) == {"gap", "best_epoch"}, (
        f"look_at should return a dictionary with 'gap' and 'best_epoch'; it returned {found!r}."
    )
    shown = "\n".join(f"  {key}: {', '.join(f'{one:.4f}' for one in own)}" for key, own in history.items())
    assert isinstance(found["gap"], (int, float)) and abs(found["gap"] - gap) < 1e-9, (
        f"With this history:\n{shown}\nthe gap after the last epoch is {gap:.4f}; you returned {found['gap']!r}."
    )
    assert found["best_epoch"] == best_epoch, (
        f"With this history:\n{shown}\nthe validation loss was least after epoch {best_epoch}, counted from 1; you "
        f"returned {found['best_epoch']!r}."
    )


@todo("5.4", points=2)
def test_look_at(student, world):
    """The gap after the last epoch, and the epoch with the least validation loss."""
    for epochs in (4, 7, 12):
        history, best = history_of(world, epochs)
        history = {key: history[key] for key in world.shuffled(list(history))}
        gap = history["accuracy"][-1] - history["val_accuracy"][-1]
        check(student, history, gap, best + 1)


@todo("5.4", points=1)
def test_look_at_equals(student):
    """Of equal epochs the first is the best; a gap may be negative."""
    history = {
        "accuracy": [0.25, 0.5, 0.5],
        "loss": [1.5, 1.0, 1.0],
        "val_accuracy": [0.5, 0.625, 0.75],
        "val_loss": [1.25, 0.75, 0.75],
    }
    check(student, history, -0.25, 2)


def made_up(random, rows, centres):
    """Features, labels by number, and the labels as they are handed out: one in five by lot."""
    labels = random.integers(CLASSES, size=rows)
    features = centres[labels] + random.normal(size=(rows, COLUMNS))
    mistaken = random.random(rows) < WRONG
    labels[mistaken] = random.integers(CLASSES, size=int(mistaken.sum()))
    return features.astype("float32"), labels


def share_right(answers, labels):
    answers = np.asarray(answers)
    assert answers.shape == (len(labels), CLASSES), (
        f"For {len(labels)} rows the network should answer with {CLASSES} numbers each; its answers have the shape "
        f"{answers.shape}."
    )
    return float((answers.argmax(axis=1) == labels).mean())


@todo("5.4", points=4)
def test_generalises(student, world):
    """It does as well with tiles that it has not seen as with those that it was trained with."""
    random = np.random.default_rng(world.random.randrange(2**31))
    centres = np.zeros((CLASSES, COLUMNS))
    centres[:, :TELLING] = APART * random.normal(size=(CLASSES, TELLING))
    parts = [made_up(random, rows, centres) for rows in (TRAINED, VALID, UNSEEN)]
    (features, own), (valid, valid_own), (unseen, unseen_own) = parts
    one_hot = np.eye(CLASSES, dtype="float32")
    told = student.probe("train_well", features, one_hot[own], valid, one_hot[valid_own], unseen)
    assert "instead" not in told, f"train_well should return the network; it returned {told['instead']}."
    training = share_right(told["trained"], own)
    hidden = share_right(told["unseen"], unseen_own)
    about = (
        f"Your network has {training:.1%} right of the {TRAINED} tiles that it was trained with, and {hidden:.1%} of "
        f"{UNSEEN} that it has not seen."
    )
    assert training - hidden <= WIDEST, (
        f"{about} They are {100 * (training - hidden):.1f} percentage points apart, and may be {100 * WIDEST:.0f}: it "
        "has learnt its tiles by heart. Train it less, or leave it less room."
    )
    assert hidden >= LEAST, (
        f"{about} At least {LEAST:.0%} were asked for: it has learnt too little. Give it more room or more epochs."
    )
