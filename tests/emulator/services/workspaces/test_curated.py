from __future__ import annotations

import pytest

from course_runtime.emulator.services.workspaces.curated import ENVIRONMENTS, curated_properties


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_each_has_all_versions_up_to_its_latest(name: str) -> None:
    latest = ENVIRONMENTS[name][1]
    assert curated_properties(name, "1") and curated_properties(name, str(latest))
    assert curated_properties(name, str(latest + 1)) is None


def test_unknown_names_have_no_definition() -> None:
    assert curated_properties("AzureML-nope", "1") is None
