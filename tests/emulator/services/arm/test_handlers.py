from __future__ import annotations

import requests

from course_runtime.emulator import Cloud


def test_a_path_azure_does_not_know(cloud: Cloud) -> None:
    answer = cloud.request("GET", "/nowhere/at/all")
    assert (answer.status, answer.body["error"]["code"]) == (404, "InvalidRequestUri")
    assert "/nowhere/at/all" in answer.body["error"]["message"]


def test_a_body_over_four_megabytes_is_refused(cloud: Cloud, group_id: str) -> None:
    answer = cloud.request("PUT", group_id, b"[" + b" " * (4 * 1024 * 1024) + b"]")
    assert (answer.status, answer.body["error"]["code"]) == (413, "RequestContentTooLarge")
    assert "'4 MB'" in answer.body["error"]["message"]


def test_what_is_not_json_is_refused_and_says_where(cloud: Cloud, group_id: str) -> None:
    answer = cloud.request("PUT", group_id, b'{"location": eastus}')
    assert answer.status == 400
    assert "line 1 column 14" in answer.body["error"]["message"]


def test_names_are_decoded_once(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/50%2525"
    answer = cloud.request("PUT", path, {"location": "eastus"})
    assert answer.status == 400
    assert "'50%25'" in answer.body["error"]["message"]


def test_a_line_break_in_a_path_is_a_name_like_any(signed_in: Cloud, group_id: str) -> None:
    """And none of it gets into the headers of the answer."""
    token = signed_in.token(signed_in.access.object_id)
    for path in ("/%0A", f"{group_id}/providers/Microsoft.Network/virtualNetworks/a%0D%0AX-Made-Up:%20b"):
        url = f"https://management.azure.com{path}"
        answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=10)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"]
        assert "X-Made-Up" not in answer.headers
