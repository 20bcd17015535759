"""This student's own names and data: the same for the same seed, different for another."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from course_runtime.grading import tables
from course_runtime.grading.azure import Azure

if TYPE_CHECKING:
    from pandas import DataFrame

    from course_runtime.grading.classifier import Classifier
    from course_runtime.grading.features import Features
    from course_runtime.grading.tiles import Tile

Item = TypeVar("Item")
REGIONS = ("eastus", "eastus2", "westus2", "northeurope", "westeurope", "uksouth", "swedencentral")


class World:
    """Made anew for each test, from the check's seed and the test's name; one for what a file's tests share."""

    def __init__(self, seed: str, test: str, azure: Azure) -> None:
        self.random = random.Random(f"{seed}/{test}")
        self.used_weights = False
        """Whether something came of it that ResNet50's weights decide."""
        self._azure = azure
        self._group = ""

    @property
    def subscription(self) -> str:
        return self._azure.subscription

    @property
    def group(self) -> str:
        """A resource group of its own, empty at first."""
        if not self._group:
            self._group = self.name("rg")
            self._azure.put(self._azure.group_id(self._group), {"location": "eastus"})
        return self._group

    def name(self, prefix: str) -> str:
        """A new name that Azure takes for most things: letters, digits and one hyphen."""
        letters = "".join(self.random.choice(string.ascii_lowercase) for _ in range(6))
        return f"{prefix}-{letters}"

    def plain_name(self, prefix: str) -> str:
        """A new name of letters only, as storage accounts and datastores want them."""
        return self.name(prefix).replace("-", "")

    def region(self) -> str:
        return self.choice(REGIONS)

    def choice(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        return self.random.sample(list(items), len(items))

    def table(self, kind: str, rows: int) -> DataFrame:
        """A new diabetes table of this student's own: `clean`, `raw` (with nulls) or `second_year`."""
        made: DataFrame = getattr(tables.diabetes(), kind)(self.random.randrange(2**31), rows)
        return made

    def tiles(self, a_class: int) -> list[Tile]:
        """So many hidden aerial tiles of each land use, in an order of this student's own."""
        from course_runtime.grading.tiles import hidden_tiles

        self.used_weights = True
        every = self.shuffled(hidden_tiles())
        kinds = sorted({tile.land_use for tile in every})
        chosen = [tile for kind in kinds for tile in [one for one in every if one.land_use == kind][:a_class]]
        return self.shuffled(chosen)

    def features(self) -> Features:
        """Hidden tiles' features to train with and to validate with, in an order of this student's own."""
        from course_runtime.grading.features import hidden_features

        self.used_weights = True
        return hidden_features().shuffled(self.random)

    def classifier(self) -> Classifier:
        """A classifier of aerial tiles, its classes in an order of this student's own, and tiles to ask it about."""
        from course_runtime.grading.classifier import hidden_classifier

        self.used_weights = True
        found = hidden_classifier(self.random)
        return replace(found, tiles=self.shuffled(found.tiles))
