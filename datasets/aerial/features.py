"""What ResNet50 makes of tiles: 2048 numbers each. Kept, because they take seconds and TensorFlow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .cache import kept
from .classes import SIDE
from .weights import weights

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

AT_ONCE = 8


def features(files: Sequence[Path]) -> NDArray[float32]:
    """A row for each image file, in their order, with the weights that `weights()` chooses."""
    import keras  # type: ignore[import-untyped]
    import numpy as np
    from PIL import Image

    model = keras.applications.ResNet50(
        weights=str(weights().file), include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    pictures = np.stack([np.asarray(Image.open(file).convert("RGB")) for file in files])
    ready = keras.applications.resnet50.preprocess_input(pictures.astype("float32"))
    found: NDArray[float32] = model.predict(ready, batch_size=AT_ONCE, verbose=0)
    return found


def kept_features(files: Sequence[Path], run: Callable[[Callable[[], object]], object]) -> Path:
    """They as .npy, computed the first time by work that `run` is given: in another process, for instance."""
    digest = hashlib.blake2b(weights().file.read_bytes(), digest_size=8)
    for file in files:
        digest.update(file.read_bytes())
    return kept(
        f"features-{digest.hexdigest()}", "features.npy", lambda place: run(partial(_save, files, place))
    )


def _save(files: Sequence[Path], place: Path) -> None:
    import numpy as np

    np.save(place, features(files), allow_pickle=False)
