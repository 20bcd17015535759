"""The lifecycle policy, by what is left when the clock has moved."""

from collections import namedtuple

import pytest

from course_runtime.grading import listed, todo

DAY = 24 * 3600
Kept = namedtuple("Kept", "storage account_id container folder inside outside")


@pytest.fixture
def kept(azure, world, account):
    """An account with files at many places: in the folder that the rule is for, and beside it."""
    container = world.name("lake")
    storage = azure.storage(account.name)
    folder = f"{world.choice(['0-raw', '1-bronze'])}/{world.name('diabetes')}"
    for one in (container, f"{container}-2"):
        storage.add_container(one)
    inside = [f"{folder}/a.csv", f"{folder}/{world.name('user')}/deep/b.csv"]
    outside = [f"{folder}-new/c.csv", f"2-silver/{folder}/d.csv", "e.csv"]
    for path in [*inside, *outside]:
        storage.write(container, path, b"1")
    storage.write(f"{container}-2", inside[0], b"1")
    return Kept(storage, account.id, container, folder, inside, outside)


def pass_days(azure, student, days):
    """Move the cloud's clock. The student's token has run out by then, so they sign in anew."""
    azure.advance(days * DAY)
    student.probe("sign_in_again")


def policy_of(azure, account_id):
    found = azure.get(f"{account_id}/managementPolicies/default")
    assert found is not None, (
        "The account has no lifecycle policy: nothing was written to managementPolicies/default."
    )
    return found["properties"]["policy"]["rules"]


def retain(student, kept):
    client = student.probe("resources_client")
    student.call("set_retention", client, kept.account_id, kept.container, kept.folder)


@todo("2.5", points=1)
def test_cool(student, azure, kept):
    """After 30 days, and not before, the folder's blobs are cool."""
    retain(student, kept)
    policy_of(azure, kept.account_id)
    pass_days(azure, student, 29)
    early = {path: kept.storage.tiers(kept.container).get(path, "gone") for path in kept.inside}
    assert set(early.values()) == {"Hot"}, (
        f"29 days after they were written, the blobs should still be Hot; they are {early}."
    )
    pass_days(azure, student, 3)
    late = {path: kept.storage.tiers(kept.container).get(path, "gone") for path in kept.inside}
    assert set(late.values()) == {"Cool"}, (
        f"32 days after they were written, the blobs should be Cool; they are {late}. A rule acts on blobs whose "
        "container and path begin with its prefix, while it is enabled."
    )


@todo("2.5", points=1)
def test_deleted(student, azure, kept):
    """After 365 days, and not before, the folder's blobs are gone."""
    retain(student, kept)
    policy_of(azure, kept.account_id)
    pass_days(azure, student, 363)
    early = [path for path in kept.inside if path not in kept.storage.names(kept.container)]
    assert not early, f"363 days after they were written, these are gone already: {', '.join(early)}."
    pass_days(azure, student, 4)
    late = [path for path in kept.inside if path in kept.storage.names(kept.container)]
    assert not late, f"367 days after they were written, these are still there: {', '.join(late)}."


@todo("2.5", points=1)
def test_only_this_folder(student, azure, kept):
    """Other folders, other containers and their blobs are left alone."""
    retain(student, kept)
    policy_of(azure, kept.account_id)
    pass_days(azure, student, 400)
    found = kept.storage.tiers(kept.container)
    elsewhere = kept.storage.tiers(f"{kept.container}-2")
    touched = [
        f"{kept.container}/{path}: {found.get(path, 'gone')}"
        for path in kept.outside
        if found.get(path) != "Hot"
    ]
    touched += [
        f"{kept.container}-2/{path}: {elsewhere.get(path, 'gone')}"
        for path in kept.inside[:1]
        if elsewhere.get(path) != "Hot"
    ]
    assert not touched, (
        f"The rule is for {kept.container}/{kept.folder}/ only. After 400 days these should be there, and Hot:\n"
        f"{listed(touched)}"
    )


@todo("2.5", points=1)
def test_changed_blobs_are_young(student, azure, kept):
    """The age counts from a blob's last change."""
    retain(student, kept)
    policy_of(azure, kept.account_id)
    pass_days(azure, student, 20)
    kept.storage.touch(kept.container, kept.inside[0])
    pass_days(azure, student, 25)
    found = kept.storage.tiers(kept.container).get(kept.inside[0])
    assert found == "Hot", (
        f"{kept.inside[0]} was written 45 days ago and changed 25 days ago, so it should still be Hot; it is "
        f"{found or 'gone'}. Count from its last modification."
    )


@todo("2.5", points=1)
def test_other_rules_stay(student, azure, world, kept):
    """Rules that others made stay, and running it twice leaves one rule."""
    theirs = {
        "enabled": True,
        "name": world.name("theirs"),
        "type": "Lifecycle",
        "definition": {
            "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"{kept.container}-2/"]},
            "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 700}}},
        },
    }
    policy = {"properties": {"policy": {"rules": [theirs]}}}
    azure.put(f"{kept.account_id}/managementPolicies/default", policy)
    retain(student, kept)
    once = [rule["name"] for rule in policy_of(azure, kept.account_id)]
    assert theirs["name"] in once, (
        f"The account had a rule '{theirs['name']}' that somebody else made. Writing a policy replaces all of it, so "
        f"read it first and add to its rules; now there is only: {', '.join(once)}."
    )
    retain(student, kept)
    twice = [rule["name"] for rule in policy_of(azure, kept.account_id)]
    assert len(twice) == len(once), f"After the second run the rules should be {once}; they are {twice}."
