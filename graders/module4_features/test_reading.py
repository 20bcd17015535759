"""4.1: pictures are read batch by batch."""

import math

import numpy as np

from course_runtime.grading import listed, todo


def batches(student, generator):
    count = student.probe("counting_its_batches", generator)
    assert isinstance(count, int) and 0 <= count < 1000, (
        f"len(generator) should be a number of batches; it is {count!r}."
    )
    return [student.probe("reading_a_batch", generator, index) for index in range(count)]


def expected_pixels(tile):
    return tile.pixels.astype("float32") / 2


def tiles_of(images, tiles):
    """Which tile each image is, after the grader's own preprocessing; None for one that is none of them."""
    known = {expected_pixels(tile).tobytes(): tile for tile in tiles}
    assert isinstance(images, np.ndarray), f"generator[i] should be an array of pictures; it is {images}."
    return [known.get(np.ascontiguousarray(image, dtype="float32").tobytes()) for image in images]


@todo("4.1", points=1)
def test_length(student, world, put_tiles):
    """The number of batches is rounded up."""
    tiles = world.tiles(2)
    put_tiles(tiles, "length")
    wrong = []
    for size in (5, 6, 12, 64):
        found, expected = (
            student.probe("counting_its_batches", student.probe("making_a_generator", "length", size)),
            math.ceil(12 / size),
        )
        if found != expected:
            wrong.append(f"with batch_size={size}: expected {expected}, got {found}")
    assert not wrong, (
        f"For 12 tiles, len(generator):\n{listed(wrong)}\nThe last batch may be smaller than the others."
    )


@todo("4.1", points=1)
def test_every_tile_once(student, world, put_tiles):
    """The batches hold every tile once, preprocessed."""
    tiles = world.tiles(2)
    put_tiles(tiles, "once")
    generator = student.probe("making_a_generator", "once", 5)
    sizes, found = [], []
    for images in batches(student, generator):
        assert isinstance(images, np.ndarray) and images.shape[1:] == (224, 224, 3), (
            f"generator[i] should be an array of shape (n, 224, 224, 3), pictures only; it is "
            f"{images if isinstance(images, str) else f'one of shape {images.shape}'}."
        )
        sizes.append(len(images))
        found += tiles_of(images, tiles)
    assert sizes == [5, 5, 2], f"12 tiles in batches of 5 make batches of 5, 5 and 2; yours have {sizes}."
    unknown = sum(tile is None for tile in found)
    assert not unknown, (
        f"{unknown} of the {len(found)} pictures are not what preprocess_fn makes of a tile. Give it the whole batch, "
        "with values from 0 to 255, once."
    )
    assert len({id(tile) for tile in found}) == len(tiles), "Some tiles came twice, and others not at all."


@todo("4.1", points=1)
def test_classes(student, world, put_tiles):
    """The classes are the sorted names of the sub-folders."""
    tiles = [tile for tile in world.tiles(1)]
    put_tiles(world.shuffled(tiles), "classes")
    found = student.probe("asking_for_its_classes", student.probe("making_a_generator", "classes", 4))
    expected = sorted({tile.land_use for tile in tiles})
    assert found == expected, f"generator.classes should be {expected}; it is {found}."


@todo("4.1", points=1)
def test_shuffled(student, world, put_tiles):
    """The tiles come in a random order, which stays."""
    tiles = world.tiles(3)
    put_tiles(tiles, "shuffled")
    orders = []
    for _ in range(2):
        generator = student.probe("making_a_generator", "shuffled", 6)
        uses = [
            tile.land_use
            for images in batches(student, generator)
            for tile in tiles_of(images, tiles)
            if tile
        ]
        again = [
            tile.land_use
            for images in batches(student, generator)
            for tile in tiles_of(images, tiles)
            if tile
        ]
        assert uses == again, (
            "The same generator gave its tiles in another order when it was read a second time."
        )
        orders.append(uses)
    in_order = sorted(orders[0])
    assert any(order != in_order for order in orders), (
        "The tiles come class by class. Shuffle the list of files once, when the generator is made."
    )


@todo("4.1", points=2)
def test_labels_belong(student, world, put_tiles):
    """The labels stand in the order of the batches."""
    tiles = world.tiles(3)
    put_tiles(tiles, "labels")
    generator = student.probe("making_a_generator", "labels", 5)
    labels = student.probe("asking_for_its_labels", generator)
    found = [tile for images in batches(student, generator) for tile in tiles_of(images, tiles)]
    again = student.probe("asking_for_its_labels", generator)
    classes = sorted({tile.land_use for tile in tiles})
    assert isinstance(labels, np.ndarray) and labels.shape == (18, 6), (
        f"18 tiles of 6 classes: get_labels() should have the shape (18, 6), one-hot; it has "
        f"{getattr(labels, 'shape', type(labels).__name__)}."
    )
    assert set(np.unique(labels)) <= {0.0, 1.0} and (labels.sum(axis=1) == 1).all(), (
        "Each row of get_labels() should have a single 1 and otherwise 0."
    )
    wrong = [
        f"picture {row}: {tile.land_use if tile else 'no tile'}, its label says {classes[int(label.argmax())]}"
        for row, (tile, label) in enumerate(zip(found, labels, strict=False))
        if tile is None or classes[int(label.argmax())] != tile.land_use
    ]
    assert not wrong, f"{len(wrong)} of 18 labels do not belong to their picture:\n{listed(wrong, 4)}"
    assert np.array_equal(labels, again), "get_labels() gave other labels when it was asked a second time."


@todo("4.1", points=1)
def test_other_files(student, world, put_tiles):
    """What is no picture is left alone."""
    tiles = world.tiles(1)
    put_tiles(tiles, "others")
    student.write("others/Forest/notes.txt", "Taken in spring.")
    student.write("others/Shrub/Thumbs.db", b"\x00\x01")
    student.write("others/readme.md", "# Tiles")
    generator = student.probe("making_a_generator", "others", 4)
    for index in range(2):
        problem = student.probe("problem_with", "reading", generator, index)
        assert not problem, (
            f"Beside 6 tiles there are Forest/notes.txt, Shrub/Thumbs.db and readme.md, and generator[{index}] fails: "
            f"{problem}. Only .png files count."
        )
    found = [tile for images in batches(student, generator) for tile in tiles_of(images, tiles)]
    assert len(found) == 6 and None not in found, (
        f"Beside 6 tiles there are Forest/notes.txt, Shrub/Thumbs.db and readme.md; {len(found)} pictures came. "
        "Only .png files count, and only folders are classes."
    )
    assert len(student.probe("asking_for_its_classes", generator)) == 6, (
        "readme.md lies beside the classes; it is not one."
    )


@todo("4.1", points=1)
def test_only_this_batch(student, world, put_tiles):
    """A batch is read when it is asked for, and nothing else is."""
    tiles = world.tiles(2)
    paths = put_tiles(tiles, "lazy")
    generator = student.probe("making_a_generator", "lazy", 4)
    first = tiles_of(student.probe("reading_a_batch", generator, 0), tiles)
    for path, tile in paths.items():
        if all(tile is not one for one in first):
            student.write(path, b"not a picture any more")
    problem = student.probe("problem_with", "reading", generator, 0)
    assert not problem, (
        f"The 8 files outside the first batch of 4 are no pictures any more, and generator[0] fails: {problem}. "
        "Read only the files of the batch that is asked for."
    )
    again = tiles_of(student.probe("reading_a_batch", generator, 0), tiles)
    assert [id(one) for one in again] == [id(one) for one in first], (
        "generator[0] changed when it was read again."
    )
    problem = student.probe("problem_with", "making", "lazy", 4)
    assert not problem, (
        f"Some of the files are no pictures, and making a generator fails before any batch is asked for: {problem}. "
        "Making it should look at names only."
    )
    bare = student.probe("making_a_generator", "lazy", 4)
    assert student.probe("counting_its_batches", bare) == 3, "Making a generator should look at names only."
    repaired = world.tiles(2)
    for path, tile in zip(paths, repaired, strict=True):
        student.write(path, tile.png)
    found = [tile for images in batches(student, generator) for tile in tiles_of(images, repaired)]
    assert None not in found, (
        "The files changed on the disk after the generator was made, and it still gave the old pictures: it had read "
        "them before they were asked for."
    )
    peak, one = student.probe("most_memory", generator, 0), 4 * 224 * 224 * 3 * 4
    assert peak < 6 * one, (
        f"Reading a batch of 4 tiles, {one // 1_000_000} MB as floats, took {peak // 1_000_000} MB at its height. "
        "Read only the files of the batch."
    )
