"""The environment that leads any process, and its children, into a cloud. Nothing is patched."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class CloudAccess:
    """What a client must know of its cloud."""

    tenant_id: str
    subscription_id: str
    client_id: str = ""
    client_secret: str = ""
    object_id: str = ""
    resource_group: str = ""
    workspace: str = ""

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def environment(access: CloudAccess, *, proxy: str, bundle: str) -> dict[str, str]:
    """`proxy` is the door's URL, `bundle` the certificates to trust.

    HTTP_PROXY as well as HTTPS_PROXY: the SDK's Rust data engine follows only when both are set.
    """
    values = {
        "HTTP_PROXY": proxy,
        "HTTPS_PROXY": proxy,
        "NO_PROXY": "localhost,127.0.0.1,::1",
        "REQUESTS_CA_BUNDLE": bundle,
        "SSL_CERT_FILE": bundle,
        "CURL_CA_BUNDLE": bundle,
        "AZURE_TENANT_ID": access.tenant_id,
        "AZURE_CLIENT_ID": access.client_id,
        "AZURE_CLIENT_SECRET": access.client_secret,
        "AZURE_SUBSCRIPTION_ID": access.subscription_id,
        "AZURE_RESOURCE_GROUP": access.resource_group,
        "AZURE_WORKSPACE_NAME": access.workspace,
        "AZUREML_CURRENT_CLOUD": "AzureCloud",
        "AZURE_ML_DISABLE_ON_DISK_CACHE": "true",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
    lower = {name.lower(): values[name] for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")}
    return {name: value for name, value in (values | lower).items() if value}
