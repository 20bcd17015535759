"""4.3 and 4.5: scripts that write features to HDF5 files."""

import numpy as np

from course_runtime.grading import last_said, listed, todo

PARTS = ("train", "valid")
FEATURES = 2048


def run(student, script, *arguments):
    """The script, which must end well."""
    answer = student.run(script, *arguments)
    ended = answer.value["exit_code"]
    command = f"python {script} {' '.join(arguments)}"
    assert ended == 0, f"`{command}` ended with exit code {ended}. It said:\n{last_said(answer)}"


def read(student, file):
    found = student.probe("read_h5", file)
    assert found is not None, (
        f"There is no file {file} afterwards. The files there are:\n{listed(files(student))}"
    )
    return found


def files(student):
    return [name for name in student.files() if name.endswith(".h5")] or ["(no .h5 file at all)"]


def check_form(found, file, count, classes, kinds=("float32",)):
    assert sorted(found) == ["features", "labels"], (
        f"{file} should hold the data sets 'features' and 'labels'; it holds {sorted(found)}."
    )
    shapes = {name: tuple(values.shape) for name, values in found.items()}
    expected = {"features": (count, FEATURES), "labels": (count, classes)}
    assert shapes == expected, f"For {count} tiles {file} should have the shapes {expected}; it has {shapes}."
    stored = {name: str(values.dtype) for name, values in found.items()}
    assert set(stored.values()) <= set(kinds), (
        f"Both data sets should be of {' or '.join(kinds)}; they are {stored}."
    )


def check_rows(found, file, tiles, tile_of_row):
    """Every tile once, and beside its features its own label."""
    rows = tile_of_row(found["features"], tiles)
    unknown = [number for number, tile in enumerate(rows) if tile is None]
    assert not unknown, (
        f"{len(unknown)} of the {len(rows)} rows of features in {file} are not those of a tile. "
        "Is preprocess_input applied, once?"
    )
    assert len({id(tile) for tile in rows}) == len(tiles), (
        f"In {file} some tiles are there twice, and others not."
    )
    classes = sorted({tile.land_use for tile in tiles})
    wrong = [
        f"row {number}: the features are those of {tile.land_use}, the label says {classes[int(label.argmax())]}"
        for number, (tile, label) in enumerate(zip(rows, found["labels"], strict=True))
        if tile.land_use != classes[int(np.argmax(label))]
    ]
    assert not wrong, (
        f"In {file}, {len(wrong)} of {len(rows)} labels belong to other tiles:\n{listed(wrong, 4)}"
    )


def put_both(world, put_tiles, folder, uses=6):
    """Two tiles of each land use, one to train with and one to validate with."""
    tiles = world.tiles(2)
    kept = sorted({tile.land_use for tile in tiles})[:uses]
    tiles = [tile for tile in tiles if tile.land_use in kept]
    parts = {"train": [], "valid": []}
    for tile in tiles:
        same = [one for one in parts["valid"] if one.land_use == tile.land_use]
        parts["train" if same else "valid"].append(tile)
    for part in PARTS:
        put_tiles(parts[part], f"{folder}/{part}")
    return parts


@todo("4.3", points=3)
def test_extract(fresh, world, put_tiles, tile_of_row):
    """The two files hold every tile's features and label."""
    folder, output = world.name("tiles"), f"{world.name('out')}/inner"
    parts = put_both(world, put_tiles, folder)
    fresh.write(f"{folder}/train/Barren/notes.txt", "Taken in spring.")
    run(fresh, "extract.py", "--input_data_dir", folder, "--output_data_dir", output, "--batch_size", "4")
    for part in PARTS:
        file = f"{output}/aerial_bottleneck_{part}.h5"
        found = read(fresh, file)
        check_form(found, file, len(parts[part]), 6)
        check_rows(found, file, parts[part], tile_of_row)


@todo("4.3", points=2)
def test_batch_by_batch(fresh, world, put_tiles):
    """--batch_size is the size of the batches, and each is written before the next one."""
    folder, size = world.name("tiles"), world.choice([1, 2])
    put_both(world, put_tiles, folder, uses=3)
    fresh.probe("watch_batches", "batches.txt")
    run(
        fresh, "extract.py", "--input_data_dir", folder, "--output_data_dir", "out", "--batch_size", str(size)
    )
    seen = fresh.read("batches.txt").decode().split()
    sizes = [int(line) for line in seen if line.isdigit()]
    whole = {1: [1] * 6, 2: [2, 1, 2, 1]}[size]
    assert sizes == whole, (
        f"With --batch_size {size} and two parts of 3 tiles each, ResNet50 should see batches of {whole}; "
        f"it saw {sizes}."
    )
    held = [
        one for one, after in zip(seen, [*seen[1:], "5"], strict=True) if one.isdigit() and after.isdigit()
    ]
    assert not held, (
        f"After {len(held)} of {len(whole)} batches the next one was predicted before anything was written to a file. "
        "Write each batch's features and labels when they come (`append`): memory should not grow with the tiles."
    )


@todo("4.3", points=1)
def test_defaults(fresh, world, put_tiles):
    """Without flags it reads aerialsmall and writes bottleneck."""
    put_both(world, put_tiles, "aerialsmall", uses=3)
    run(fresh, "extract.py")
    for part in PARTS:
        read(fresh, f"bottleneck/aerial_bottleneck_{part}.h5")


@todo("4.5", points=1)
def test_help(fresh):
    """--help shows the three flags, whatever the exit code: Abseil's is 1."""
    answer = fresh.run("legacy_extract.py", "--help")
    missing = [
        flag
        for flag in ("--data_folder", "--output_data_dir", "--output_file_suffix")
        if flag not in answer.stdout
    ]
    assert not missing, (
        f"`python legacy_extract.py --help` does not show {', '.join(missing)}. It said:\n{last_said(answer)}"
    )


@todo("4.5", points=4)
def test_legacy(fresh, world, put_tiles, tile_of_row):
    """The old script runs, and each tile's label stands beside its features."""
    folder, suffix = world.name("tiles"), f"{world.name('run')}.h5"
    parts = put_both(world, put_tiles, folder)
    run(
        fresh,
        "legacy_extract.py",
        "--data_folder",
        folder,
        "--output_data_dir",
        "old",
        "--output_file_suffix",
        suffix,
    )
    for part in PARTS:
        file = f"old/{part}_{suffix}"
        found = read(fresh, file)
        check_form(found, file, len(parts[part]), 6, kinds=("float32", "float64"))
        check_rows(found, file, parts[part], tile_of_row)
