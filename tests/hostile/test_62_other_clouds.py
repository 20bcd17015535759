"""62 The cloud of another: the personal one, foreign subscriptions, tokens of somebody's making."""

from __future__ import annotations

from course_runtime.grading.background import current_status

from .attack import Attack
from .kit import Kit

SOURCE = """
import base64, json, os, urllib.error, urllib.request
def ask(url, token=None, body=None):
    request = urllib.request.Request(url, data=body, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code
def token():
    e = os.environ
    form = (f"grant_type=client_credentials&client_id={e['AZURE_CLIENT_ID']}&client_secret={e['AZURE_CLIENT_SECRET']}"
            "&scope=https://management.azure.com/.default")
    return ask(f"https://login.microsoftonline.com/{e['AZURE_TENANT_ID']}/oauth2/v2.0/token", body=form.encode())["access_token"]
def unsigned():
    head, payload, _ = token().split(".")
    none = base64.urlsafe_b64encode(b'{"alg": "none", "typ": "JWT"}').decode().rstrip("=")
    return [f"{none}.{payload}.", f"{head}.{payload}.AAAA", "x", ""]
OWN = "https://management.azure.com/subscriptions?api-version=2022-12-01"
"""


def test_a_foreign_subscription_is_not_there(attack: Attack, kit: Kit) -> None:
    status = current_status(kit.places)
    assert status is not None
    url = f"https://management.azure.com/subscriptions/{status['access']['subscription_id']}/resourcegroups?api-version=2021-04-01"
    result = attack(SOURCE, f"raise RuntimeError(ask({url!r}, token()))")
    assert "RuntimeError: 404" in result.todos[0].message or "RuntimeError: 403" in result.todos[0].message


def test_a_token_of_ones_own_making_is_refused(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError([ask(OWN, one) for one in unsigned()])")
    assert "RuntimeError: [401, 401, 401, 401]" in result.todos[0].message
