"""Random life in a workspace, through the real SDK, with the emulator stopped and killed in between.

Whatever was acknowledged must be there afterwards, as a simple model remembers it.
`STATE_MACHINE_EXAMPLES=2000` tries longer.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from ..process import EmulatorProcess
from .expected import Asset, Expected, Version
from .kinds import KINDS

EXAMPLES = int(os.environ.get("STATE_MACHINE_EXAMPLES", "0"))
STEPS = settings(
    max_examples=EXAMPLES or 100,
    stateful_step_count=12,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
SIGNALS = st.sampled_from([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
KIND = st.sampled_from(sorted(KINDS))
NAMES = ("first", "second")
NAME = st.sampled_from(NAMES)
VERSION = st.sampled_from(["1", "2", "10", "alpha"])
CONTENT = st.sampled_from(["wheat", "rye"])
TEXT = st.sampled_from(["", "plain", "umlauts: äöü \U0001f33e", "quotes ' \" \\ <&>"])
NUMBERS = count(1)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorProcess]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        running = EmulatorProcess(tmp_path_factory.mktemp("state"))
        for name, value in running.cloud.environment().items():
            patch.setenv(name, value)
        yield running
        running.end()


class Workspace(RuleBasedStateMachine):
    """One example: a workspace of its own in the emulator that all examples share."""

    def __init__(self, process: EmulatorProcess, folder: Path) -> None:
        super().__init__()
        self.number = next(NUMBERS)
        self.process, self.folder = process, folder
        self.expected = Expected()
        self.ended = False
        cloud = process.cloud
        self.group = f"group-{self.number}"
        self.group_id = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/{self.group}"
        assert cloud.request("PUT", self.group_id, {"location": "eastus"}).status == 201
        cloud.add_workspace(self.group, "workspace")
        self._sign_in()

    def _sign_in(self) -> None:
        from azure.ai.ml import MLClient
        from azure.identity import EnvironmentCredential

        subscription = self.process.cloud.access.subscription_id
        self.client = MLClient(EnvironmentCredential(), subscription, self.group, "workspace")

    def teardown(self) -> None:
        self.everything_is_as_expected()
        assert self.process.cloud.request("DELETE", self.group_id).status in (200, 202)

    # The emulator ---------------------------------------------------------------------------------

    @precondition(lambda self: not self.ended)
    @rule(how=SIGNALS)
    def end_and_begin_again(self, how: signal.Signals) -> None:
        """Once in an example: it takes as long as all other steps together."""
        self.ended = True
        self.process.again(how)
        self._sign_in()
        self.everything_is_as_expected()

    # Assets ---------------------------------------------------------------------------------------

    @rule(kind=KIND, name=NAME, version=VERSION | st.none(), content=CONTENT, description=TEXT)
    def register(self, kind: str, name: str, version: str | None, content: str, description: str) -> None:
        if version is None and not KINDS[kind].numbers_itself:
            version = "3"
        asset = self.expected.of(kind).get(name, Asset())
        known = asset.versions.get(version or asset.following())
        wanted = KINDS[kind].make(name=name, version=version, content=content, description=description)
        if known and known.content != content:
            with pytest.raises(HttpResponseError) as refused:
                self._operations(kind).create_or_update(wanted)
            assert refused.value.status_code in (400, 409), refused.value
            return
        made = self._operations(kind).create_or_update(wanted)
        assert made.version == (version or asset.following())
        asset.versions[made.version] = known or Version(content, description)
        asset.versions[made.version].description = description
        asset.versions[made.version].archived = False
        self.expected.of(kind)[name] = asset

    @rule(kind=KIND, name=NAME, version=VERSION)
    def get(self, kind: str, name: str, version: str) -> None:
        asset = self.expected.of(kind).get(name, Asset())
        if version not in asset.versions:
            with pytest.raises(ResourceNotFoundError):
                self._operations(kind).get(name, version)
            return
        self._compare(kind, self._operations(kind).get(name, version), asset.versions[version])

    @rule(kind=KIND, name=NAME)
    def get_latest(self, kind: str, name: str) -> None:
        latest = self.expected.of(kind).get(name, Asset()).latest()
        if latest is None:
            with pytest.raises(
                Exception, match=r"(?i)not found|no version|could not be found|does not exist"
            ):
                self._operations(kind).get(name, label="latest")
            return
        assert self._operations(kind).get(name, label="latest").version == latest

    @rule(kind=KIND, name=NAME, version=VERSION, archived=st.booleans())
    def archive_a_version(self, kind: str, name: str, version: str, archived: bool) -> None:
        act = self._operations(kind).archive if archived else self._operations(kind).restore
        asset = self.expected.of(kind).get(name, Asset())
        if version not in asset.versions:
            with pytest.raises(ResourceNotFoundError):
                act(name=name, version=version)
            return
        act(name=name, version=version)
        asset.versions[version].archived = archived

    @rule(kind=KIND, name=NAME, archived=st.booleans())
    def archive_the_whole(self, kind: str, name: str, archived: bool) -> None:
        act = self._operations(kind).archive if archived else self._operations(kind).restore
        if name not in self.expected.of(kind):
            with pytest.raises(ResourceNotFoundError):
                act(name=name)
            return
        act(name=name)
        self.expected.of(kind)[name].archived = archived

    def _operations(self, kind: str) -> Any:
        return getattr(self.client, kind)

    def _compare(self, kind: str, found: Any, version: Version) -> None:
        assert KINDS[kind].content(found) == version.content
        assert (found.description or "") == version.description

    # Code -----------------------------------------------------------------------------------------

    @rule(content=CONTENT, file=st.sampled_from(["train.py", "score.py"]))
    def upload_code(self, content: str, file: str) -> None:
        """The same files are kept once."""
        from azure.ai.ml.entities._assets import Code

        place = self.folder / f"{content}-{file}"
        place.mkdir(exist_ok=True)
        (place / file).write_text(f"print({content!r})\n")
        made = self.client._code.create_or_update(Code(path=str(place)))
        assert self.expected.codes.setdefault(place.name, made.id) == made.id

    # Computes -------------------------------------------------------------------------------------

    @rule(name=NAME, least=st.integers(0, 1), most=st.integers(0, 3))
    def create_or_scale_a_cluster(self, name: str, least: int, most: int) -> None:
        from azure.ai.ml.entities import AmlCompute

        cluster = AmlCompute(
            name=f"{name}-cluster", size="Standard_DS2_v2", min_instances=least, max_instances=most
        )
        if least > most:
            with pytest.raises(HttpResponseError, match="must not be larger than the maximum node count"):
                self.client.compute.begin_create_or_update(cluster).result()
            return
        made = self.client.compute.begin_create_or_update(cluster).result()
        assert (made.min_instances, made.max_instances) == (least, most)
        self.expected.clusters[cluster.name] = (least, most)

    @rule(name=NAME)
    def delete_a_cluster(self, name: str) -> None:
        self.client.compute.begin_delete(f"{name}-cluster").result()
        self.expected.clusters.pop(f"{name}-cluster", None)

    @rule(name=NAME)
    def create_an_instance(self, name: str) -> None:
        from azure.ai.ml.entities import ComputeInstance

        instance = ComputeInstance(name=f"{name}-{self.number}", size="Standard_DS2_v2")
        self.client.compute.begin_create_or_update(instance).result()
        self.expected.instances.setdefault(instance.name, "Running")

    @rule(name=NAME, verb=st.sampled_from(["start", "stop", "delete"]))
    def use_an_instance(self, name: str, verb: str) -> None:
        name = f"{name}-{self.number}"
        act = getattr(self.client.compute, f"begin_{verb}")
        if name not in self.expected.instances and verb != "delete":
            with pytest.raises(ResourceNotFoundError):
                act(name).result()
            return
        act(name).result()
        if verb == "delete":
            self.expected.instances.pop(name, None)
        else:
            self.expected.instances[name] = {"start": "Running", "stop": "Stopped"}[verb]

    # Datastores -----------------------------------------------------------------------------------

    @rule(name=NAME, container=CONTENT)
    def create_or_update_a_datastore(self, name: str, container: str) -> None:
        from azure.ai.ml.entities import AzureBlobDatastore

        store = AzureBlobDatastore(name=name, account_name="someaccount", container_name=container)
        self.client.datastores.create_or_update(store)
        self.expected.datastores[name] = container

    @rule(name=NAME)
    def delete_a_datastore(self, name: str) -> None:
        if name == self.expected.default_datastore:
            with pytest.raises(HttpResponseError, match="default"):
                self.client.datastores.delete(name)
            return
        self.client.datastores.delete(name)
        self.expected.datastores.pop(name, None)

    # Registries -----------------------------------------------------------------------------------

    @rule(name=NAME, tag=TEXT)
    def create_or_tag_a_registry(self, name: str, tag: str) -> None:
        from azure.ai.ml.entities import Registry, RegistryRegionDetails

        name = f"{name}-{self.number}"
        regions = [RegistryRegionDetails(location="eastus")]
        wanted = Registry(name=name, location="eastus", tags={"tag": tag}, replication_locations=regions)
        self.client.registries.begin_create(wanted).result()
        self.expected.registries[name] = {"tag": tag}

    @rule(name=NAME)
    def delete_a_registry(self, name: str) -> None:
        name = f"{name}-{self.number}"
        self.client.registries.begin_delete(name=name).result()
        self.expected.registries.pop(name, None)

    # What must always hold ------------------------------------------------------------------------

    def everything_is_as_expected(self) -> None:
        for kind in KINDS:
            self._assets_are_as_expected(kind)
        self._computes_are_as_expected()
        stores = {one.name: one.container_name for one in self.client.datastores.list() if one.name in NAMES}
        assert stores == self.expected.datastores
        assert self.client.datastores.get_default().name == self.expected.default_datastore
        found = {one.name: one.tags for one in self.client.registries.list()}
        mine = {name: tags for name, tags in found.items() if name.endswith(f"-{self.number}")}
        assert mine == self.expected.registries
        for identifier in self.expected.codes.values():
            name, _, version = identifier.partition("/codes/")[2].partition("/versions/")
            assert self.client._code.get(name, version).id == identifier

    def _assets_are_as_expected(self, kind: str) -> None:
        operations, assets = self._operations(kind), self.expected.of(kind)
        for view, archived in (("ACTIVE_ONLY", False), ("ARCHIVED_ONLY", True)):
            listed = {one.name for one in operations.list(list_view_type=_view(view))}
            expected = {name for name, asset in assets.items() if asset.archived == archived}
            assert listed & set(NAMES) == expected, (kind, view)
            for name, asset in assets.items():
                versions = {one.version for one in operations.list(name, list_view_type=_view(view))}
                assert versions == asset.listed(archived=archived), (kind, name, view)
        for name, asset in assets.items():
            for version, kept in asset.versions.items():
                self._compare(kind, operations.get(name, version), kept)

    def _computes_are_as_expected(self) -> None:
        found = {one.name: one for one in self.client.compute.list()}
        assert set(found) == {*self.expected.clusters, *self.expected.instances}
        for name, counts in self.expected.clusters.items():
            assert (found[name].min_instances, found[name].max_instances) == counts
        for name, state in self.expected.instances.items():
            assert self.client.compute.get(name).state == state


def _view(name: str) -> Any:
    from azure.ai.ml.constants import ListViewType

    return getattr(ListViewType, name)


def test_the_emulator_agrees_with_a_simple_model(process: EmulatorProcess, tmp_path: Path) -> None:
    run_state_machine_as_test(lambda: Workspace(process, tmp_path), settings=STEPS)
