from __future__ import annotations

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError

from ..ml import Workspace


def test_sdk_provisions_the_network_and_it_stays_so(client: Any) -> None:
    from azure.ai.ml.entities import ManagedNetwork

    found = client.workspaces.get("ws")
    found.managed_network = ManagedNetwork(isolation_mode="AllowInternetOutbound")
    network = client.workspaces.begin_update(found).result().managed_network
    assert (network.isolation_mode, network.status.status) == ("AllowInternetOutbound", "Inactive")
    done = client.workspaces.begin_provision_network(workspace_name="ws", include_spark=True).result()
    assert (done.status, done.spark_ready) == ("Active", True)
    again = client.workspaces.begin_update(client.workspaces.get("ws"), description="new").result()
    assert again.managed_network.status.status == "Active"
    assert client.workspaces.get("ws").managed_network.network_id == network.network_id


def test_without_a_network_there_is_nothing_to_provision(client: Any) -> None:
    with pytest.raises(HttpResponseError, match="isolation mode is 'Disabled'"):
        client.workspaces.begin_provision_network(workspace_name="ws").result()


def test_an_unknown_isolation_mode_is_refused(workspace: Workspace) -> None:
    answer = workspace.cloud.request(
        "PATCH", workspace.id, {"properties": {"managedNetwork": {"isolationMode": "Moat"}}}
    )
    assert answer.status == 400
    assert "'Moat' is not an isolation mode" in answer.body["error"]["message"]
