"""An ARM template, evaluated: its parameters and variables resolved, its resources in an order that works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import not_implemented
from course_runtime.emulator.kernel.path import RESOURCE_GROUPS, parse
from course_runtime.emulator.services.arm.expressions import Evaluator, invalid_template
from course_runtime.emulator.services.arm.template_functions import FUNCTIONS
from course_runtime.emulator.services.arm.template_plan import Planned, in_order
from course_runtime.emulator.services.arm.template_shapes import items_of, object_of, objects_of

DEPLOYMENTS = "Microsoft.Resources/deployments"
MOST_RESOURCES = 800
NOT_THE_RESOURCE = (
    "condition",
    "type",
    "name",
    "apiVersion",
    "dependsOn",
    "resources",
    "comments",
    "scope",
    "subscriptionId",
    "resourceGroup",
)
"""What a template says about a resource; the rest is the resource."""


class Template:
    def __init__(self, template: Body, parameters: Body, context: Context) -> None:
        self._context = context
        self._template = template
        self._parameters: dict[str, Any] = {}
        self._variables: dict[str, Any] = {}
        self._evaluator = Evaluator(FUNCTIONS | self._scope_functions())
        self._resolve(parameters)

    def plan(self) -> list[Planned]:
        """The resources whose condition holds, each after those that it depends on."""
        declared = self._template.get("resources") or []
        listed = list(declared.values()) if isinstance(declared, dict) else items_of(declared, "resources")
        found = [one for resource in listed for one in self._expand(resource, None)]
        if len(found) > MOST_RESOURCES:
            raise invalid_template(
                f"The number of template resources limit exceeded. Limit: '{MOST_RESOURCES}'."
            )
        return in_order(found)

    def outputs(self) -> Body:
        declared = objects_of(self._template, "outputs")
        return {
            name: {"type": output.get("type", "String"), "value": self._evaluator.value(output.get("value"))}
            for name, output in declared.items()
            if self._evaluator.value(output.get("condition", True))
        }

    def is_secure(self, parameter: str) -> bool:
        """Whether the template declares it as one whose value is never shown."""
        declared = objects_of(self._template, "parameters")
        kinds = {name.lower(): str(rule.get("type")).lower() for name, rule in declared.items()}
        return kinds.get(parameter.lower(), "").startswith("secure")

    def _resolve(self, given: Body) -> None:
        rules = objects_of(self._template, "parameters")
        declared = {name.lower(): (name, rule) for name, rule in rules.items()}
        unknown = [name for name in given if name.lower() not in declared]
        if unknown:
            raise invalid_template(
                f"The template parameters '{', '.join(unknown)}' in the parameters file are not valid; they are not "
                "present in the original template and can therefore not be provided at deployment time."
            )
        values = {name.lower(): one.get("value") for name, one in given.items() if isinstance(one, dict)}
        for key, (name, rule) in declared.items():
            if key in values:
                self._parameters[key] = values[key]
            elif "defaultValue" in rule:
                self._parameters[key] = self._evaluator.value(rule["defaultValue"])
            else:
                raise invalid_template(f"The value for the template parameter '{name}' is not provided.")
        for name, value in object_of(self._template.get("variables"), "variables").items():
            self._variables[name.lower()] = value

    def _expand(self, resource: Body, outer: Planned | None) -> list[Planned]:
        """One declared resource and those nested in it."""
        resource = object_of(resource, "resources[]")
        if "copy" in resource:
            raise not_implemented("copy loops in an ARM template")
        if not self._evaluator.value(resource.get("condition", True)):
            return []
        type_name, name = self._text(resource, "type"), self._text(resource, "name")
        resource_id = f"{outer.id}/{type_name}/{name}" if outer else self._id(resource, type_name, name)
        deferred = type_name.lower() == DEPLOYMENTS.lower()
        kept = {key: value for key, value in resource.items() if key not in NOT_THE_RESOURCE}
        body = self._nested_deployment(kept) if deferred else self._evaluator.value(kept)
        needed = items_of(resource.get("dependsOn"), "dependsOn")
        depends = [str(self._evaluator.value(one)) for one in needed]
        planned = Planned(resource_id, body, tuple([*depends, *([outer.id] if outer else [])]))
        nested = items_of(resource.get("resources"), "resources")
        return [planned, *(one for child in nested for one in self._expand(child, planned))]

    def _text(self, resource: Body, field: str) -> str:
        value = self._evaluator.value(resource.get(field))
        if not isinstance(value, str) or not value:
            raise invalid_template(f"The template resource needs a '{field}' that is text.")
        return value

    def _nested_deployment(self, resource: Body) -> Body:
        """An inner template keeps its expressions: they are evaluated in its own scope."""
        properties = dict(object_of(resource.get("properties"), "properties"))
        template = object_of(properties.pop("template", {}), "template")
        options = object_of(properties.get("expressionEvaluationOptions"), "expressionEvaluationOptions")
        if str(options.get("scope", "outer")).lower() == "outer" and "parameters" not in template:
            template = self._evaluator.value(template)
        body = self._evaluator.value({**resource, "properties": properties})
        body["properties"]["template"] = template
        return dict(body)

    def _id(self, resource: Body, type_name: str, name: str) -> str:
        provider, *types = type_name.split("/")
        names = str(name).split("/")
        if len(types) != len(names):
            raise invalid_template(
                f"The template resource '{name}' of type '{type_name}' has incorrect segment lengths: a nested "
                "resource type must have an identical number of segments as its resource name."
            )
        if type_name.lower() == RESOURCE_GROUPS.lower():
            return f"{self._subscription_scope(resource)}/resourceGroups/{name}"
        pairs = [part for pair in zip(types, names, strict=True) for part in pair]
        return "/".join([self._scope(resource, type_name), "providers", provider, *pairs])

    def _scope(self, resource: Body, type_name: str) -> str:
        """Where the resource goes: its own scope, its group, or (a deployment into a subscription) neither."""
        if "scope" in resource:
            return str(self._evaluator.value(resource["scope"]))
        outer = self._subscription_scope(resource)
        into_subscription = type_name.lower() == DEPLOYMENTS.lower() and "subscriptionId" in resource
        group = self._evaluator.value(resource.get("resourceGroup")) or self._context.path.group
        if group is None or (into_subscription and "resourceGroup" not in resource):
            return outer
        return f"{outer}/resourceGroups/{group}"

    def _subscription_scope(self, resource: Body) -> str:
        subscription = (
            self._evaluator.value(resource.get("subscriptionId")) or self._context.path.subscription
        )
        return f"/subscriptions/{subscription}"

    # Functions that know where the deployment runs --------------------------------------------------

    def _scope_functions(self) -> dict[str, Callable[..., Any]]:
        return {
            "parameters": lambda name: self._parameters[name.lower()],
            "variables": lambda name: self._evaluator.value(self._variables[name.lower()]),
            "subscription": self._subscription,
            "resourcegroup": self._resource_group,
            "resourceid": self._resource_id,
            "subscriptionresourceid": self._subscription_resource_id,
            "reference": self._reference,
            "listkeys": lambda resource_id, *_: self._act(resource_id, "listKeys"),
            "deployment": lambda: {"name": self._context.path.name},
        }

    def _subscription(self) -> Body:
        subscription = self._context.path.subscription
        tenant = self._context.cloud.identity.tenant_id
        return {"id": f"/subscriptions/{subscription}", "subscriptionId": subscription, "tenantId": tenant}

    def _resource_group(self) -> Body:
        group_id = (
            f"/subscriptions/{self._context.path.subscription}/resourceGroups/{self._context.path.group}"
        )
        stored = self._context.cloud.resources.get(group_id)
        location = stored.body["location"] if stored else "eastus"
        return {"id": group_id, "name": self._context.path.group, "location": location}

    def _resource_id(self, *parts: str) -> str:
        """resourceId([subscription], [group], type, name...): the type is the first part with a slash."""
        place = next(index for index, part in enumerate(parts) if "/" in part)
        outer, type_name, names = parts[:place], parts[place], parts[place + 1 :]
        subscription = outer[0] if len(outer) == 2 else self._context.path.subscription
        group = (outer[-1] if outer else None) or self._context.path.group
        return _joined(
            f"/subscriptions/{subscription or self._context.path.subscription}/resourceGroups/{group}",
            type_name,
            names,
        )

    def _subscription_resource_id(self, *parts: str) -> str:
        place = next(index for index, part in enumerate(parts) if "/" in part)
        subscription = parts[0] if place else self._context.path.subscription
        return _joined(f"/subscriptions/{subscription}", parts[place], parts[place + 1 :])

    def _reference(self, resource_id: str, api_version: str = "", full: str = "") -> Any:
        stored = self._context.cloud.resources.get(resource_id)
        if stored is None:
            raise invalid_template(f"The resource '{resource_id}' that 'reference' names is not defined.")
        return stored.body if str(full).lower() == "full" else stored.properties

    def _act(self, resource_id: str, name: str) -> Any:
        path = parse(resource_id)
        return self._context.cloud.registry.require(path.full_type).act(name, self._context.at(path)).body


def _joined(scope: str, type_name: str, names: tuple[str, ...]) -> str:
    provider, *types = type_name.split("/")
    pairs = [part for pair in zip(types, names, strict=True) for part in pair]
    return "/".join([scope, "providers", provider, *pairs])
