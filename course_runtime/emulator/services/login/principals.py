"""The directory: who exists in this cloud's tenant."""

from __future__ import annotations

from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.store.documents import DocumentStore

BY_OBJECT, BY_APP = "principal", "principal-by-app"


class PrincipalStore:
    def __init__(self, documents: DocumentStore) -> None:
        self._documents = documents

    def put(self, principal: Principal) -> None:
        self._documents.put(BY_OBJECT, principal.object_id.lower(), principal.as_document())
        if principal.app_id:
            self._documents.put(BY_APP, principal.app_id.lower(), {"object_id": principal.object_id})

    def get(self, object_id: str) -> Principal | None:
        document = self._documents.get(BY_OBJECT, object_id.lower())
        return Principal.from_document(document) if document else None

    def by_app(self, app_id: str) -> Principal | None:
        link = self._documents.get(BY_APP, app_id.lower())
        return self.get(link["object_id"]) if link else None

    def all(self) -> list[Principal]:
        return [Principal.from_document(document) for document in self._documents.all(BY_OBJECT)]

    def first(self, *, kind: str, managed: bool = False) -> Principal | None:
        """The first of a kind: the tenant's user who signs in by code, or its managed identity."""
        found = (one for one in self.all() if one.kind == kind and one.managed == managed)
        return next(found, None)
