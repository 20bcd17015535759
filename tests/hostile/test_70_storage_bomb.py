"""70 The emulator, filled with what one check uploads: others go on, and it is gone afterwards."""

from __future__ import annotations

from course_runtime.grading.background import current_status

from .attack import Attack
from .kit import Kit, eventually

SOURCE = """
import json, os, urllib.error, urllib.request, uuid
def ask(method, url, token, body=b"{}"):
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body, headers=head, method=method), timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        return problem.code
def token():
    e = os.environ
    form = (f"grant_type=client_credentials&client_id={e['AZURE_CLIENT_ID']}&client_secret={e['AZURE_CLIENT_SECRET']}"
            "&scope=https://management.azure.com/.default").encode()
    url = f"https://login.microsoftonline.com/{e['AZURE_TENANT_ID']}/oauth2/v2.0/token"
    return json.load(urllib.request.urlopen(url, data=form, timeout=5))["access_token"]
def fill():
    mine, base = token(), f"https://management.azure.com/subscriptions/{os.environ['AZURE_SUBSCRIPTION_ID']}"
    large = json.dumps({"location": "eastus", "tags": {"a": "x" * 200_000_000}}).encode()
    seen = {ask("PUT", f"{base}/resourcegroups/large?api-version=2021-04-01", mine, large)}
    for n in range(150):
        seen.add(ask("PUT", f"{base}/resourcegroups/g{n}?api-version=2021-04-01", mine, b'{"location": "eastus"}'))
    return sorted(seen)
"""


def test_a_body_too_large_is_refused(attack_in_py: Attack, kit: Kit) -> None:
    result = attack_in_py(SOURCE, "raise RuntimeError(fill())")
    said = result.todos[0].message
    assert "413" in said or "EOF" in said or result.todos[0].status == "timeout"
    assert eventually(lambda: clouds(kit) == 0)  # they are taken down once the answer is out


def clouds(kit: Kit) -> int:
    status = current_status(kit.places)
    assert status is not None
    return int(status["check_clouds"])
