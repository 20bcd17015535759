"""The first calls of the Azure SDK, answered in this process: nothing is sent, nobody is signed in."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests
    from azure.core.pipeline.transport import RequestsTransport

NOBODY = "00000000-0000-0000-0000-000000000000"
LOGIN = f"https://login.microsoftonline.com/{NOBODY}"
WORKSPACE = (
    f"/subscriptions/{NOBODY}/resourceGroups/none/providers/Microsoft.MachineLearningServices/workspaces/none"
)
MOMENT = "2026-01-01T00:00:00.0000000Z"
ANSWERS: dict[str, dict[str, Any]] = {
    "/openid-configuration": {
        "authorization_endpoint": f"{LOGIN}/oauth2/v2.0/authorize",
        "token_endpoint": f"{LOGIN}/oauth2/v2.0/token",
        "issuer": f"{LOGIN}/v2.0",
    },
    "/token": {"token_type": "Bearer", "expires_in": 3600, "access_token": "none"},
    "/workspaces/none": {
        "id": WORKSPACE,
        "name": "none",
        "location": "eastus",
        "tags": {},
        "identity": {"type": "SystemAssigned", "principalId": NOBODY, "tenantId": NOBODY},
        "sku": {"name": "Basic", "tier": "Basic"},
        "properties": {
            "friendlyName": "none",
            "storageAccount": "/none",
            "keyVault": "/none",
            "applicationInsights": "/none",
            "provisioningState": "Succeeded",
            "publicNetworkAccess": "Enabled",
            "workspaceId": NOBODY,
            "mlFlowTrackingUri": f"azureml://eastus.api.azureml.ms/mlflow/v1.0{WORKSPACE}",
        },
        "systemData": {"createdAt": MOMENT, "createdBy": "nobody", "lastModifiedAt": MOMENT},
    },
}


def rehearse_azure() -> None:
    """A token, and a workspace that is read with it."""
    from azure.ai.ml import MLClient
    from azure.identity import ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential
    from msrest.serialization import Deserializer

    with _transport() as transport:
        DefaultAzureCredential(transport=transport).close()
        ManagedIdentityCredential(client_id=NOBODY, transport=transport).close()
        credential = ClientSecretCredential(NOBODY, NOBODY, "none", transport=transport)
        client = MLClient(credential, NOBODY, "none", "none", transport=transport)
        client.workspaces.get("none")
    Deserializer.deserialize_iso(MOMENT)  # type: ignore[no-untyped-call]


def _transport() -> RequestsTransport:
    import requests
    from azure.core.pipeline.transport import RequestsTransport
    from requests.adapters import BaseAdapter

    class Answering(BaseAdapter):
        def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
            path = str(request.url).partition("?")[0]
            document = next((one for end, one in ANSWERS.items() if path.endswith(end)), None)
            response = requests.Response()
            response.status_code = 404 if document is None else 200
            response.headers["Content-Type"] = "application/json"
            response.raw = io.BytesIO(json.dumps(document or {}).encode())
            response.request, response.url = request, str(request.url)
            return response

        def close(self) -> None:
            """There is nothing that was open."""

    session = requests.Session()
    session.mount("https://", Answering())
    return RequestsTransport(session=session, session_owner=False)
