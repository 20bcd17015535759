"""ARM resource ids, taken apart: scope, provider, nested types and names, and a trailing action."""

from __future__ import annotations

from dataclasses import dataclass

RESOURCE_GROUPS = "Microsoft.Resources/resourceGroups"
"""Groups are written without a provider; here they are a type like any other."""


@dataclass(frozen=True)
class ArmPath:
    """`/subscriptions/S/resourceGroups/G/providers/NS/type/name/...` as fields.

    `types` and `names` run side by side; one more type than names means a collection, or an action
    when the caller posts to it. `scope` is the resource an extension resource (a role assignment) hangs on.
    """

    subscription: str | None = None
    group: str | None = None
    provider: str | None = None
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    scope: str = ""

    @property
    def full_type(self) -> str:
        return "/".join((self.provider or "", *self.types))

    @property
    def is_collection(self) -> bool:
        return len(self.types) > len(self.names)

    @property
    def name(self) -> str:
        return self.names[-1] if self.names else ""

    @property
    def id(self) -> str:
        """The path in Azure's own casing."""
        if self.full_type == RESOURCE_GROUPS:
            return "/".join([self.scope, "resourceGroups", *self.names])
        pairs = [part for pair in zip(self.types, self.names, strict=False) for part in pair]
        if self.is_collection and self.types:
            pairs.append(self.types[-1])
        provider = ["providers", self.provider, *pairs] if self.provider else []
        return "/".join([self.scope, *(str(part) for part in provider)]) or "/"

    def parent_id(self) -> str:
        """The id of the resource this one lives in: the outer resource, or the scope."""
        inner = self.names[:-1] if not self.is_collection else self.names
        types = self.types[: len(inner)]
        if not inner:
            return self.scope
        pairs = [part for pair in zip(types, inner, strict=True) for part in pair]
        return "/".join([self.scope, "providers", str(self.provider), *pairs])

    def as_resource_and_action(self) -> tuple[ArmPath, str]:
        """Read a collection-shaped path as `resource` + `action` (POST .../computes/c/start)."""
        return (
            ArmPath(self.subscription, self.group, self.provider, self.types[:-1], self.names, self.scope),
            self.types[-1],
        )


def split(path: str) -> list[str]:
    """Segments without empties (SDK v1 sends `//subscriptions`). The path is already decoded."""
    return [part for part in path.split("/") if part]


def parse(path: str) -> ArmPath:
    """Take an ARM path apart. Keywords match in any casing, names keep theirs."""
    parts = split(path)
    provider_at = _last_provider(parts)
    scope_parts = parts if provider_at is None else parts[:provider_at]
    subscription, group = _subscription_and_group(parts)
    scope = _scope(scope_parts)
    if provider_at is None and len(parts) in (3, 4) and parts[2].lower() == "resourcegroups":
        names = tuple(parts[3:])
        return ArmPath(
            subscription, None, "Microsoft.Resources", ("resourceGroups",), names, _scope(parts[:2])
        )
    if provider_at is None or provider_at + 1 >= len(parts):
        return ArmPath(subscription, group, None, (), (), scope)
    tail = parts[provider_at + 2 :]
    return ArmPath(subscription, group, parts[provider_at + 1], tuple(tail[0::2]), tuple(tail[1::2]), scope)


def _last_provider(parts: list[str]) -> int | None:
    """Keywords stand at even places only, so a resource may be called 'providers'."""
    places = [index for index in range(0, len(parts), 2) if parts[index].lower() == "providers"]
    return places[-1] if places else None


def _subscription_and_group(parts: list[str]) -> tuple[str | None, str | None]:
    subscription = group = None
    if len(parts) >= 2 and parts[0].lower() == "subscriptions":
        subscription = parts[1]
        if len(parts) >= 4 and parts[2].lower() == "resourcegroups":
            group = parts[3]
    return subscription, group


def _scope(parts: list[str]) -> str:
    canonical = {
        "subscriptions": "subscriptions",
        "resourcegroups": "resourceGroups",
        "providers": "providers",
    }
    words = [
        canonical.get(part.lower(), part) if index % 2 == 0 else part for index, part in enumerate(parts)
    ]
    return "".join(f"/{word}" for word in words)
