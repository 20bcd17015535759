"""Orientation: sign in, workspace, what it stands on, roles."""

import pytest

from course_runtime.grading import expecting, todo

STORAGE = "Microsoft.Storage/storageAccounts"
REGISTRIES = "Microsoft.ContainerRegistry/registries"
LOGS = "Microsoft.OperationalInsights/workspaces"
INSIGHTS = "Microsoft.Insights/components"
ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"

# 0.1 ------------------------------------------------------------------------------------------------


def service_principal(azure, application):
    return {
        "AZURE_TENANT_ID": azure.tenant,
        "AZURE_CLIENT_ID": application.client_id,
        "AZURE_CLIENT_SECRET": application.secret,
    }


def who_asked(azure, student, credential):
    """The name of whoever the credential's token belongs to, as Azure saw it."""
    before = azure.mark()
    student.probe("use_the_credential", credential)
    asked = azure.requests("GET", "/subscriptions", since=before)
    return asked[-1].principal if asked else "nobody"


@todo("0.1", points=1)
def test_service_principal(student, azure, world):
    """A service principal signs in when its secret is there."""
    application = azure.add_application(world.name("robot"))
    credential = student.call("make_credential", service_principal(azure, application))
    with expecting(
        "A token was asked of the credential that make_credential returned for the three AZURE_ variables:"
    ):
        asked = who_asked(azure, student, credential)
    assert asked == application.name, (
        f"With the three AZURE_ variables of the service principal '{application.name}', Azure should see it sign in; "
        f"it saw '{asked}'. Use the values in `environment`."
    )


@todo("0.1", points=1)
@pytest.mark.parametrize("left_out", ["AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"])
def test_managed_identity(student, azure, world, left_out):
    """The machine's own identity signs in when something is missing"""
    identity = azure.add_application(world.name("machine"), managed=True)
    complete = service_principal(azure, identity) | {"AZURE_CLIENT_SECRET": "something"}
    missing = {name: value for name, value in complete.items() if name != left_out}
    for environment, how in (
        (missing, f"Without {left_out}"),
        (complete | {left_out: ""}, f"With an empty {left_out}"),
    ):
        should = f"{how}, the managed identity that AZURE_CLIENT_ID names ('{identity.name}') should sign in"
        with expecting(f"{should}."):
            asked = who_asked(azure, student, student.call("make_credential", environment))
        assert asked == identity.name, f"{should}; Azure saw '{asked}'."


@todo("0.1", points=0.5)
def test_why_not_is_empty(student):
    """why_not is empty when the sign-in works."""
    credential = student.probe("default_credential")
    reason = student.call("why_not", credential)
    assert reason == "", f"This credential can sign in, so why_not should return ''; it returned {reason!r}."


@todo("0.1", points=0.5)
def test_why_not_says_why(student, azure, world):
    """why_not says in one line why a wrong secret is refused."""
    application = azure.add_application(world.name("robot"))
    environment = service_principal(azure, application) | {"AZURE_CLIENT_SECRET": "not-the-secret"}
    reason = student.call("why_not", student.call("make_credential", environment))
    assert isinstance(reason, str) and reason, (
        f"The secret is wrong, so why_not should say why in one line; it returned {reason!r}."
    )
    assert "\n" not in reason and "Traceback" not in reason, (
        f"why_not should return one line; it returned:\n{reason}"
    )
    assert "AADSTS7000215" in reason, f"Entra's number AADSTS7000215 should be in the line; it is {reason!r}."


# 0.2 ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def group(shared_world):
    """A resource group for the workspaces of all tests: a client of it takes its time to make."""
    return shared_world.group


CHANGES = ("PUT", "PATCH", "DELETE")


def changes_since(azure, mark):
    """What was changed, by the end of its path: `PUT Microsoft.Resources/deployments/...`."""
    sent = [one for method in CHANGES for one in azure.requests(method, since=mark)]
    return ", ".join(f"{one.method} {one.path.split('/providers/')[-1]}" for one in sent)


@todo("0.2", points=1)
def test_creates(student, azure, world, group):
    """A workspace that is not there is created, where and with the tags as asked."""
    name, region, tags = world.name("ws"), world.region(), {"team": world.name("team"), "workshop": "yes"}
    client = student.probe("client", group)
    workspace = student.call("get_or_create_workspace", client, name, region, tags)
    found = azure.get(azure.workspace_id(group, name))
    assert found is not None, f"There is no workspace '{name}' in the resource group '{group}' afterwards."
    assert found["location"] == region, f"The workspace should be in {region}; it is in {found['location']}."
    wrong = {key: found["tags"].get(key) for key, value in tags.items() if found["tags"].get(key) != value}
    assert not wrong, f"The tags should be {tags}; these differ: {wrong}."
    kind = getattr(workspace, "type", "")
    assert not kind.endswith("Poller"), (
        "begin_create returns a poller, an order slip for what Azure is making; the workspace is its result()."
    )
    assert kind.endswith("Workspace"), (
        f"The function should return the workspace '{name}'; it returned {workspace!r}."
    )
    returned = student.attribute(workspace, "name")
    assert returned == name, f"The function should return the workspace '{name}'; it returned '{returned}'."


@todo("0.2", points=1)
def test_leaves_what_is_there(student, azure, world, group):
    """A workspace that is there is returned and left as it is."""
    name = world.name("ws")
    azure.add_workspace(group, name, "northeurope")
    client = student.probe("client", group)
    before = azure.mark()
    workspace = student.call("get_or_create_workspace", client, name, "westus2", {"new": "tag"})
    changed = changes_since(azure, before)
    assert not changed, (
        f"The workspace '{name}' is there already, so nothing should change; you sent: {changed}."
    )
    assert hasattr(workspace, "repr"), (
        f"The function should return the workspace '{name}'; it returned {workspace!r}."
    )
    assert student.attribute(workspace, "location") == "northeurope", (
        "It should return the workspace as it is in Azure."
    )


@todo("0.2", points=1)
def test_forbidden_is_not_missing(student, azure, world, group):
    """Without permission nothing is created, and the error is not swallowed."""
    stranger = azure.add_application(world.name("stranger"))
    client = student.probe("client_of", azure.tenant, stranger.client_id, stranger.secret, group)
    before = azure.mark()
    failure = student.failure_of("get_or_create_workspace", client, world.name("ws"), "eastus", {})
    tried = changes_since(azure, before)
    assert not tried, (
        f"Azure answered 403 to the read. That does not mean 'not found', yet you went on with: {tried}."
    )
    assert failure is not None, "Azure answered 403: the function should let that error through, not hide it."


@todo("0.2", points=1)
def test_write_config(student, azure, world, group):
    """config.json holds the three names and nothing secret."""
    name, folder = world.name("ws"), f"{world.name('work')}/inner"
    file = student.call("write_config", student.probe("client", group), name, student.probe("path", folder))
    expected = {"subscription_id": azure.subscription, "resource_group": group, "workspace_name": name}
    found = student.read_json(f"{folder}/config.json")
    assert found == expected, f"{folder}/config.json should hold {expected}; it holds {found}."
    assert file is not None, "write_config should return the path of the file it wrote; it returned None."


@todo("0.2", points=1)
def test_connect_from_below(student, azure, world, group):
    """connect finds config.json from a folder further down."""
    name, folder = world.name("ws"), world.name("work")
    decoy = {"subscription_id": azure.subscription, "resource_group": "other", "workspace_name": "other"}
    student.write_json("config.json", decoy)
    wanted = {"subscription_id": azure.subscription, "resource_group": group, "workspace_name": name}
    student.write_json(f"{folder}/config.json", wanted)
    student.write(f"{folder}/notebooks/week1/notes.txt", "")
    deep = student.probe("path", f"{folder}/notebooks/week1")
    nearest = f"From {folder}/notebooks/week1 the nearest config.json is {folder}/config.json, two folders up"
    with expecting(f"{nearest}; connect should find it."):
        client = student.call("connect", student.probe("default_credential"), deep)
    assert client is not None, f"{nearest}; connect should return a client, and returned None."
    points = student.probe("where_the_client_points", client)
    assert points == list(wanted.values()), (
        f"{nearest}. It names {list(wanted.values())}; the client points to {points}."
    )


@todo("0.2", points=1)
def test_connect_without_config(student, world):
    """Without a config.json, connect raises FileNotFoundError that names the folder."""
    folder = world.name("nothing")
    failure = student.failure_of(
        "connect", student.probe("default_credential"), student.probe("empty_place", folder)
    )
    assert failure is not None, (
        "There is no config.json to be found, so connect should raise FileNotFoundError."
    )
    assert failure.type == "FileNotFoundError", (
        f"Where no config.json is to be found, connect should raise FileNotFoundError; it raised {failure.type}: "
        f"{failure.message}"
    )
    assert folder in failure.message, (
        f"The message should name the folder '{folder}'; it is: {failure.message!r}."
    )


# 0.3 ------------------------------------------------------------------------------------------------

KINDS = {
    "storage_account": "storageAccount",
    "key_vault": "keyVault",
    "application_insights": "applicationInsights",
    "container_registry": "containerRegistry",
}


def add_registry(azure, world, group, workspace_id):
    registry = f"{azure.group_id(group)}/providers/{REGISTRIES}/{world.name('images').replace('-', '')}"
    azure.put(registry, {"location": "eastus", "properties": {}})
    workspace = azure.get(workspace_id)
    workspace["properties"]["containerRegistry"] = registry
    azure.put(workspace_id, workspace)


def truth(azure, workspace_id):
    properties = azure.get(workspace_id)["properties"]
    insights = azure.get(properties["applicationInsights"])
    logs = {"log_analytics": insights["properties"]["WorkspaceResourceId"]}
    return {kind: properties[field] for kind, field in KINDS.items()} | logs


def differences(found, expected):
    """One line for each id that is not the right one. ARM ids match in any casing."""
    if not isinstance(found, dict):
        return f"A dictionary was expected; {found!r} came."
    lines = []
    for kind in expected:
        want, got = expected[kind], found.get(kind, "(no such key)")
        if (want is None) != (got is None) or str(got).lower() != str(want).lower():
            lines.append(f"{kind}: expected {want}, got {got}")
    return "\n".join(lines)


def ask(student, group, name):
    client, resources = student.probe("client", group), student.probe("resources_client")
    return student.call("dependent_resources", client, resources, name)


@todo("0.3", points=2)
def test_all_five(student, azure, world, group):
    """All five ids are those of this workspace."""
    name, other = world.name("ws"), world.name("ws")
    for one in world.shuffled([name, other]):
        add_registry(azure, world, group, azure.add_workspace(group, one))
    wrong = differences(ask(student, group, name), truth(azure, azure.workspace_id(group, name)))
    assert not wrong, f"For the workspace '{name}':\n{wrong}"


@todo("0.3", points=1)
def test_no_registry_yet(student, azure, world, group):
    """A workspace without a container registry has None there."""
    name = world.name("ws")
    workspace_id = azure.add_workspace(group, name)
    wrong = differences(ask(student, group, name), truth(azure, workspace_id))
    assert not wrong, f"For the workspace '{name}', which has built no image yet:\n{wrong}"


@todo("0.3", points=1)
def test_logs_elsewhere(student, azure, world, group):
    """Log Analytics is found although it lives in another resource group."""
    name, elsewhere = world.name("ws"), world.name("central")
    workspace_id = azure.add_workspace(group, name)
    azure.put(azure.group_id(elsewhere), {"location": "westeurope"})
    logs = f"{azure.group_id(elsewhere)}/providers/{LOGS}/{world.name('logs')}"
    azure.put(logs, {"location": "westeurope", "properties": {}})
    insights_id = azure.get(workspace_id)["properties"]["applicationInsights"]
    insights = azure.get(insights_id)
    insights["properties"]["WorkspaceResourceId"] = logs
    azure.put(insights_id, insights)
    wrong = differences(ask(student, group, name), truth(azure, workspace_id))
    assert not wrong, f"The workspace '{name}' writes its logs into another group's Log Analytics:\n{wrong}"


# 0.4 ------------------------------------------------------------------------------------------------

JOB = {
    "properties": {
        "jobType": "Command",
        "command": "echo",
        "environmentId": "azureml:x:1",
        "inputs": {},
        "outputs": {},
    }
}
CLUSTER = {
    "location": "eastus",
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"vmSize": "STANDARD_DS3_V2", "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 1}},
    },
}
# What, how, and who may: the data scientist, the operator, the auditor.
OPERATIONS = [
    ("read the workspace", "GET", "", None, "yes no yes"),
    ("list the compute", "GET", "/computes", None, "yes yes yes"),
    ("make a cluster", "PUT", "/computes/{new}", CLUSTER, "no yes no"),
    ("delete a cluster", "DELETE", "/computes/{cluster}", None, "no yes no"),
    ("list the jobs", "GET", "/jobs", None, "yes no yes"),
    ("submit a job", "PUT", "/jobs/{new}", JOB, "yes no no"),
    ("list the models", "GET", "/models", None, "yes no yes"),
    ("register data", "PUT", "/data/{new}/versions/1", {"properties": {}}, "yes no no"),
    ("change the workspace's tags", "PATCH", "", {"tags": {"changed": "yes"}}, "no no no"),
    ("read the workspace's keys", "POST", "/listKeys", None, "no no no"),
    ("give somebody a role", "PUT", f"/providers/{ASSIGNMENTS}/{{guid}}", {"properties": {}}, "no no no"),
    ("delete the workspace", "DELETE", "", None, "no no no"),
]
PEOPLE = ("data_scientist", "operator", "auditor")
GUID = "00000000-0000-0000-0000-00000000000{}"


def add_people(azure):
    """Three people without any role."""
    return {who: azure.add_person(f"{who}@workshop.example") for who in PEOPLE}


def assign(student, workspace_id, people):
    ids = {who: person.object_id for who, person in people.items()}
    student.call("assign_roles", student.probe("authorization_client"), workspace_id, ids)


@pytest.fixture(scope="module")
def staff(student, azure, shared_world):
    """A workspace with a cluster, a neighbour of it, and three people who have been given their roles in the first."""
    workspace_id, neighbour = (azure.add_workspace(shared_world.group, shared_world.name("ws")) for _ in "12")
    azure.put(f"{workspace_id}/computes/cluster1", CLUSTER)
    people = add_people(azure)
    assign(student, workspace_id, people)
    return workspace_id, neighbour, people


@todo("0.4", points=1)
@pytest.mark.parametrize("who", PEOPLE)
def test_matrix(azure, staff, who):
    """May do exactly what the table says"""
    workspace_id, _, people = staff
    wrong = []
    for number, (what, method, path, body, allowed) in enumerate(OPERATIONS):
        where = workspace_id + path.format(
            new=f"{who.replace('_', '-')}{number}", cluster="cluster1", guid=GUID.format(number % 10)
        )
        may = azure.status_for(people[who], method, where, body) != 403
        should = allowed.split()[PEOPLE.index(who)] == "yes"
        if may != should:
            wrong.append(
                f"  {what}: {'should be allowed, is refused' if should else 'should be refused, is allowed'}"
            )
    assert not wrong, f"The {who} in this workspace:\n" + "\n".join(wrong)


@todo("0.4", points=1)
def test_nothing_outside(azure, staff):
    """Nobody gets anything outside this workspace."""
    _, neighbour, people = staff
    reach = [
        f"{who} can {what}"
        for who, person in people.items()
        for what, path in (("read", neighbour), ("list the compute of", f"{neighbour}/computes"))
        if azure.status_for(person, "GET", path) != 403
    ]
    assert not reach, (
        f"In another workspace of the same resource group: {', '.join(reach)}. Use a smaller scope."
    )


@todo("0.4", points=1)
def test_twice(student, azure, staff):
    """Running it twice changes nothing."""
    workspace_id, _, people = staff
    first = assignments(azure, people)
    assign(student, workspace_id, people)
    second = assignments(azure, people)
    assert len(first) == len(PEOPLE), (
        f"Three assignments were expected, one a person; there are {len(first)}: {first}."
    )
    assert second == first, f"After the second run the assignments should be the same; they are {second}."


@todo("0.4", points=1)
def test_any_names(student, azure, world):
    """Only the people who were named get a role."""
    workspace_id, people = azure.add_workspace(world.group, world.name("ws")), add_people(azure)
    who = world.choice(PEOPLE)
    with expecting(
        f"`people` names only the {who} this time; the others are to get no role. Go through `people`."
    ):
        assign(student, workspace_id, {who: people[who]})
    found = assignments(azure, people)
    assert len(found) == 1, (
        f"Only the {who} was named, so one assignment was expected; there are {len(found)}: {found}."
    )


def assignments(azure, people):
    """Who holds which role, over the whole subscription."""
    names = {person.object_id: who for who, person in people.items()}
    listed = azure.list(f"/subscriptions/{azure.subscription}/providers/{ASSIGNMENTS}")
    held = [one["properties"] for one in listed]
    return sorted(
        f"{names[one['principalId']]}: {one['roleDefinitionId'].rsplit('/', 1)[-1]} at {one['scope']}"
        for one in held
        if one["principalId"] in names
    )
