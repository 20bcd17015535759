"""`workshop data`: files to work with, made on this machine: aerial tiles, a sheet of them, ResNet50's weights."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from course_runtime.cli.screen import say, warn

Seed = Annotated[int, typer.Option(min=0, help="Other numbers, other pictures.")]


def build_group() -> typer.Typer:
    group = typer.Typer(
        name="data", help="Make data to work with.", no_args_is_help=True, rich_markup_mode=None
    )
    for command in (tiles, gallery, weights):
        group.command()(command)
    return group


def tiles(
    folder: Annotated[
        Path, typer.Argument(help="Where they go; a folder that is empty or not there.")
    ] = Path("aerialsmall"),
    seed: Seed = 1,
    train: Annotated[int, typer.Option(min=1, help="Tiles a class to train with.")] = 48,
    valid: Annotated[int, typer.Option(min=1, help="Tiles a class to validate with.")] = 16,
    noise: Annotated[
        float, typer.Option(min=0, max=1, help="The share of training tiles in a wrong class.")
    ] = 0.0,
) -> None:
    """Draw aerial tiles: train/<Class>/*.png and valid/<Class>/*.png."""
    with _aerial() as kit:
        _require_empty(folder)
        kit.write(folder, seed, train, valid, noise, jobs=_processes())
        classes = len(kit.CLASSES)
    say(
        f"{(train + valid) * classes} tiles of {classes} classes are in {folder}.",
        f"To look at some: workshop data gallery tiles.png --seed {seed}",
    )


def gallery(
    file: Annotated[Path, typer.Argument(help="The picture to write, .png or .jpg.", show_default=False)],
    seed: Seed = 1,
    columns: Annotated[int, typer.Option(min=1, max=50, help="Tiles a class.")] = 6,
) -> None:
    """Draw one picture of many tiles, a row for each class."""
    with _aerial() as kit:
        kit.gallery(file, seed, columns)
    say(f"The gallery is {file}.")


def weights() -> None:
    """Print where ResNet50's weights are, and say which they are.

    A script of yours takes them with: export WORKSHOP_WEIGHTS="$(workshop data weights)"
    """
    with _aerial() as kit:
        found = kit.weights()
    say(str(found.file))
    warn(found.words)


@contextlib.contextmanager
def _aerial() -> Iterator[ModuleType]:
    """The generators; what they and the disk refuse is told in a sentence."""
    from course_runtime.grading import KitError, aerial

    kit = aerial()
    try:
        yield kit
    except kit.DatasetError as problem:
        raise KitError(str(problem)) from None
    except OSError as problem:
        raise KitError(f"{problem.filename or 'A file'} cannot be written: {problem.strerror}.") from None
    except ValueError as problem:  # Pillow's word for a picture's name that it knows no format for
        raise KitError(f"{problem}.", "Name the file like tiles.png.") from None


def _require_empty(folder: Path) -> None:
    """Tiles of two seeds or sizes must not mix without anybody's noticing."""
    from course_runtime.grading import KitError

    if folder.is_dir() and any(folder.iterdir()):
        raise KitError(f"The folder {folder} is not empty.", "Name another one, or remove it first.")


def _processes() -> int | None:
    """As many as there are processors; one where a new process would not know the generators by their name."""
    import multiprocessing

    return None if multiprocessing.get_start_method() == "fork" else 1
