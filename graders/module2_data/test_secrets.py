"""A secret that is used, and found nowhere."""

import base64
import hashlib
import hmac

from course_runtime.grading import todo


def add_vault(azure, world, *, allowed=True):
    """A vault whose secrets the student may read."""
    name = world.name("kv")
    vault_id = f"{azure.group_id(world.group)}/providers/Microsoft.KeyVault/vaults/{name}"
    azure.put(vault_id, {"location": "eastus", "properties": {"enableRbacAuthorization": True}})
    if allowed:
        azure.give(azure.student, "Key Vault Secrets User", vault_id)
    return azure.vault(name)


def new_value(world):
    return "".join(world.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789ä", k=32))


def hmac_of(value, report):
    return hmac.new(value.encode(), report, hashlib.sha256).hexdigest()


def new_report(world):
    return f"Report {world.name('no')}: {world.random.randrange(10**9)} patients, größer\r\n".encode()


@todo("2.6", points=1)
def test_signature(student, azure, world):
    """The signature is made with the secret's value."""
    vault, secret, value, report = (
        add_vault(azure, world),
        world.name("key"),
        new_value(world),
        new_report(world),
    )
    vault.set(world.name("other"), new_value(world))
    vault.set(secret, value)
    found = student.call("sign", student.probe("vault_client", vault.url), secret, report)
    assert found == hmac_of(value, report), (
        "The signature should be the report's HMAC-SHA256 under the secret's value in UTF-8, as 64 hexadecimal digits; "
        f"it is {found!r}, and does not verify. hmac.new(key, report, hashlib.sha256).hexdigest() makes one."
    )


@todo("2.6", points=1)
def test_newest_value(student, azure, world):
    """A newer version of the secret counts from the moment that it is there."""
    vault, secret, report = add_vault(azure, world), world.name("key"), new_report(world)
    values = [new_value(world) for _ in range(3)]
    client = student.probe("vault_client", vault.url)
    signed = []
    for value in values:
        vault.set(secret, value)
        signed.append(student.call("sign", client, secret, report))
    stale = [number for number, value in enumerate(values, 1) if signed[number - 1] != hmac_of(value, report)]
    assert not stale, (
        "The secret was given a new value twice, and each time the report was signed again. "
        f"Not made with the value of that moment: signature {', '.join(map(str, stale))} of 3. "
        "Ask for the secret each time, without naming a version."
    )


def refusal(student, vault, secret, report, expected, why):
    failure = student.failure_of("sign", student.probe("vault_client", vault.url), secret, report)
    assert failure is not None, f"{why}, so sign() should raise {expected}; it returned a value."
    assert failure.type == expected, (
        f"{why}, so sign() should raise {expected}; it raised {failure.type}: {failure.message}"
    )
    assert secret in failure.message, (
        f"The message should name the secret '{secret}'; it is: {failure.message!r}"
    )
    return failure


@todo("2.6", points=1)
def test_disabled(student, azure, world):
    """A disabled secret is refused with PermissionError, and no older version is used instead."""
    vault, secret, values = add_vault(azure, world), world.name("key"), [new_value(world) for _ in range(2)]
    versions = [vault.set(secret, value) for value in values]
    vault.enable(secret, versions[-1], enabled=False)
    failure = refusal(
        student,
        vault,
        secret,
        new_report(world),
        "PermissionError",
        "The secret's newest version is disabled",
    )
    assert not any(value in failure.message for value in values), "The message holds the secret's value."


@todo("2.6", points=0.5)
def test_missing(student, azure, world):
    """A secret that is not there is refused with LookupError."""
    vault = add_vault(azure, world)
    vault.set(world.name("other"), new_value(world))
    refusal(
        student, vault, world.name("key"), new_report(world), "LookupError", "The vault has no such secret"
    )


@todo("2.6", points=0.5)
def test_not_allowed(student, azure, world):
    """Without a role on the vault, it is PermissionError."""
    vault, secret = add_vault(azure, world, allowed=False), world.name("key")
    vault.set(secret, new_value(world))
    refusal(student, vault, secret, new_report(world), "PermissionError", "No role allows reading the secret")


def publish(student, azure, world, account):
    """Publish a report twice, and give all that was left anywhere."""
    vault, secret, value = add_vault(azure, world), world.name("key"), new_value(world)
    vault.set(secret, value)
    container, name = world.name("reports"), f"{world.name('report')}.txt"
    storage = azure.storage(account.name)
    storage.add_container(container)
    client, place = (
        student.probe("vault_client", vault.url),
        student.probe("container_client", account.name, container),
    )
    listening = student.probe("begin_to_listen")
    printed, warned, before = len(student.printed), len(student.warnings), azure.mark()
    reports = [new_report(world) for _ in range(2)]
    for report in reports:
        returned = student.call("publish", client, secret, report, place, name)
    return {
        "value": value,
        "report": reports[-1],
        "name": name,
        "blobs": {path: storage.read(container, path) for path in storage.names(container)},
        "log": student.probe("heard", listening),
        "printed": [*student.printed[printed:], *student.warnings[warned:]],
        "returned": repr(returned),
        "paths": [request.path for request in azure.requests(since=before)],
    }


@todo("2.6", points=1)
def test_published(student, azure, world, account):
    """The report and its signature are uploaded, and replace older ones."""
    left = publish(student, azure, world, account)
    name, blobs = left["name"], left["blobs"]
    assert sorted(blobs) == [name, f"{name}.sig"], (
        f"There should be two blobs, {name} and {name}.sig; there are: {', '.join(blobs) or 'none'}."
    )
    assert blobs[name] == left["report"], (
        f"The report was published twice; {name} should hold the second, {left['report']!r}. It holds {blobs[name]!r}."
    )
    signature = hmac_of(left["value"], left["report"])
    assert blobs[f"{name}.sig"].strip() == signature.encode(), (
        f"{name}.sig should hold the signature of the report beside it; it holds {blobs[f'{name}.sig']!r}, which does "
        "not verify."
    )


@todo("2.6", points=0.5)
def test_logged(student, azure, world, account):
    """A line of the log at level INFO names the report."""
    left = publish(student, azure, world, account)
    told = [line for line in left["log"] if line.startswith("INFO") and left["name"] in line]
    own = [line for line in told if not line.startswith(("INFO azure.", "INFO urllib3"))]
    assert own, (
        f"After publishing there should be a log line at level INFO that names '{left['name']}', of a logger of your "
        "own (`log` is one). There is none."
    )


@todo("2.6", points=1.5)
def test_never_seen(student, azure, world, account):
    """The secret's value is in nothing that is returned, printed, logged, written or uploaded."""
    left = publish(student, azure, world, account)
    value = left["value"]
    forms = (value.encode(), value.encode().hex().encode(), base64.b64encode(value.encode()))
    leaks = [f"the blob {path}" for path, data in left["blobs"].items() if any(one in data for one in forms)]
    for what, texts in {
        "the log": left["log"],
        "what was printed": left["printed"],
        "what publish() returned": [left["returned"]],
        "the address of a request": left["paths"],
        "an environment variable": student.probe("environment_values"),
    }.items():
        if any(form in str(text).encode() for text in texts for form in forms):
            leaks.append(what)
    leaks += [
        f"the file {name}" for name in student.files() if any(one in student.read(name) for one in forms)
    ]
    assert not leaks, (
        f"The secret's value was planted for this test, and found again in {', '.join(leaks)}. Use it to sign, and let "
        "it go."
    )
