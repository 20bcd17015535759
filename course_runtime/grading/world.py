"""This student's own names and data: the same for the same seed, different for another."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from typing import TypeVar

from course_runtime.grading.azure import Azure

Item = TypeVar("Item")
REGIONS = ("eastus", "eastus2", "westus2", "northeurope", "westeurope", "uksouth", "swedencentral")


class World:
    """Made anew for each test, from the check's seed and the test's name."""

    def __init__(self, seed: str, test: str, azure: Azure) -> None:
        self.random = random.Random(f"{seed}/{test}")
        self._azure = azure
        self._group = ""

    @property
    def subscription(self) -> str:
        return self._azure.subscription

    @property
    def group(self) -> str:
        """A resource group of this test's own, empty at first."""
        if not self._group:
            self._group = self.name("rg")
            self._azure.put(self._azure.group_id(self._group), {"location": "eastus"})
        return self._group

    def name(self, prefix: str) -> str:
        """A new name that Azure takes for most things: letters, digits and one hyphen."""
        letters = "".join(self.random.choice(string.ascii_lowercase) for _ in range(6))
        return f"{prefix}-{letters}"

    def region(self) -> str:
        return self.choice(REGIONS)

    def choice(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        return self.random.sample(list(items), len(items))
