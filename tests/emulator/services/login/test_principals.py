from __future__ import annotations

from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.login.principals import PrincipalStore
from course_runtime.emulator.store.database import Database
from course_runtime.emulator.store.documents import DocumentStore

USER = Principal("OBJECT-1", "user@workshop.example")
APPLICATION = Principal("object-2", "app", "ServicePrincipal", "App-2", "secret")
MACHINE = Principal("object-3", "machine", "ServicePrincipal", "app-3", managed=True)


def test_principals_by_object_by_application_and_by_kind() -> None:
    store = PrincipalStore(DocumentStore(Database()))
    for one in (USER, APPLICATION, MACHINE):
        store.put(one)
    assert store.get("object-1") == USER
    assert store.by_app("APP-2") == APPLICATION
    assert store.by_app("none") is None
    assert store.first(kind="User") == USER
    assert store.first(kind="ServicePrincipal", managed=True) == MACHINE
    assert store.all() == [USER, APPLICATION, MACHINE]
