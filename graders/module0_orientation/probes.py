"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import os
from functools import cache

import requests
from azure.ai.ml import MLClient
from azure.identity import ClientSecretCredential, DefaultAzureCredential
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient

ARM = "https://management.azure.com"


@cache
def default_credential():
    """Made once: each new credential asks for a token of its own."""
    return DefaultAzureCredential()


@cache
def client(group):
    """It takes some hundredths of a second to make."""
    return MLClient(default_credential(), os.environ["AZURE_SUBSCRIPTION_ID"], group)


def client_of(tenant, client_id, secret, group):
    credential = ClientSecretCredential(tenant, client_id, secret)
    return MLClient(credential, os.environ["AZURE_SUBSCRIPTION_ID"], group)


@cache
def resources_client():
    return ResourceManagementClient(default_credential(), os.environ["AZURE_SUBSCRIPTION_ID"])


@cache
def authorization_client():
    return AuthorizationManagementClient(default_credential(), os.environ["AZURE_SUBSCRIPTION_ID"])


def use_the_credential(credential):
    """Ask Azure something, so that its log shows who asks."""
    token = credential.get_token(f"{ARM}/.default").token
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(
        f"{ARM}/subscriptions?api-version=2022-12-01", headers=headers, timeout=10
    ).status_code


def where_the_client_points(client):
    return [client.subscription_id, client.resource_group_name, client.workspace_name]


def path(name):
    from pathlib import Path

    return Path(name)


def empty_place(name):
    """A folder that has no config.json in or above it, whatever the working folder holds."""
    import tempfile
    from pathlib import Path

    place = Path(tempfile.mkdtemp()) / name
    place.mkdir()
    return place
