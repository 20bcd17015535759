from __future__ import annotations

from ..ml import Workspace


def test_the_signature_opens_the_container_for_upload_and_no_other(workspace: Workspace) -> None:
    first, second = (
        workspace.call("POST", f"codes/c{number}/versions/1/startPendingUpload", {}).body[
            "blobReferenceForConsumption"
        ]
        for number in (1, 2)
    )
    host, query = first["blobUri"].split("/")[2], first["credential"]["sasUri"].split("?")[1]
    token = workspace.cloud.token(workspace.cloud.access.object_id)
    assert token and first["blobUri"] != second["blobUri"]
    headers = {"x-ms-blob-type": "BlockBlob", "x-ms-version": "2021-12-02"}
    statuses = []
    for reference in (first, second):
        container = reference["blobUri"].split("/")[3]
        answer = workspace.cloud.request(
            "PUT", f"/{container}/a.py?{query}", b"print(1)", host=host, headers=headers
        )
        statuses.append(answer.status)
    assert statuses[0] == 201
