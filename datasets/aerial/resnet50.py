"""The layers of Keras's ResNet50 without its top, and the form of the file that Keras reads their weights from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Array = NDArray[float32]

FEATURES = 2048
STACKS = ((64, 3), (128, 4), (256, 6), (512, 3))
"""Of each: how many filters its blocks have, and how many blocks it has."""
WIDER = 4  # a block's last convolution has so many times its filters
FIRST = "conv1_conv"
Shapes = dict[str, dict[str, tuple[int, ...]]]


def shapes() -> Shapes:
    """Each layer's weights, in the order in which Keras lists the layers."""
    found = dict([_convolution("conv1", 7, 3, 64), _normalisation("conv1", 64)])
    channels = 64
    for stack, (filters, blocks) in enumerate(STACKS, start=2):
        wide = WIDER * filters
        for number in range(1, blocks + 1):
            found |= _block(f"conv{stack}_block{number}", channels, filters, wide, shortcut=number == 1)
            channels = wide
    return found


def write_weights(file: Path, weights: Mapping[str, Mapping[str, Array]]) -> None:
    """As the published weights are: one group a layer, the order in the attributes."""
    import h5py  # type: ignore[import-untyped]
    import numpy as np

    with h5py.File(file, "w") as store:
        store.attrs["layer_names"] = np.array(list(weights), "S")
        for layer, arrays in weights.items():
            group = store.create_group(layer)
            group.attrs["weight_names"] = np.array([f"{layer}/{name}:0" for name in arrays], "S")
            for name, values in arrays.items():
                group.create_dataset(f"{layer}/{name}:0", data=values)


def _block(name: str, channels: int, filters: int, wide: int, *, shortcut: bool) -> Shapes:
    layers = [
        _convolution(f"{name}_1", 1, channels, filters),
        _normalisation(f"{name}_1", filters),
        _convolution(f"{name}_2", 3, filters, filters),
        _normalisation(f"{name}_2", filters),
        _convolution(f"{name}_3", 1, filters, wide),
        _normalisation(f"{name}_3", wide),
    ]
    if shortcut:
        layers.insert(4, _convolution(f"{name}_0", 1, channels, wide))
        layers.insert(6, _normalisation(f"{name}_0", wide))
    return dict(layers)


def _convolution(name: str, side: int, channels: int, filters: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    return f"{name}_conv", {"kernel": (side, side, channels, filters), "bias": (filters,)}


def _normalisation(name: str, filters: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    names = ("gamma", "beta", "moving_mean", "moving_variance")
    return f"{name}_bn", dict.fromkeys(names, (filters,))
