"""An attached machine, and where workloads belong."""

from itertools import product

import pytest

from course_runtime.grading import listed, todo

QUESTIONS = ("own_kubernetes", "tied_to_machine", "resumable", "deadline")
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.fixture
def attached(student, azure, world, client, compute):
    """Attach a machine as the student does: what was asked for, what is there, and its secrets."""
    name, user = world.plain_name("vm"), world.plain_name("user")
    machine = (
        f"{azure.group_id(world.group)}/providers/Microsoft.Compute/virtualMachines/{world.name('dsvm')}"
    )
    key, file = KEY.format(world.random.randbytes(30).hex()), f"{world.name('keys')}/id_ed25519"
    student.write(file, key)
    student.call("attach_machine", client(), name, machine, user, student.probe("path", file))
    return {"name": name, "machine": machine, "user": user, "key": key, "found": compute(name)}


@todo("1.4", points=1)
def test_attached(attached):
    """The machine is attached under its name."""
    found = attached["found"]
    assert found["computeType"] == "VirtualMachine", (
        f"'{attached['name']}' should be an attached VirtualMachine; it is of the kind {found['computeType']}."
    )
    assert str(found["resourceId"]).lower() == attached["machine"].lower(), (
        f"The machine that is attached should be {attached['machine']}; it is {found['resourceId']}."
    )


@todo("1.4", points=1)
def test_signs_in(azure, workspace, attached):
    """Azure ML signs in to it as the user, with the key."""
    inner = attached["found"]["properties"]
    account = inner.get("administratorAccount") or {}
    assert account.get("username") == attached["user"], (
        f"Azure ML should sign in as '{attached['user']}'; it would sign in as '{account.get('username')}'."
    )
    assert inner.get("sshPort") == 22, f"SSH listens on port 22; the port is {inner.get('sshPort')}."
    secrets = azure.act(f"{workspace.id}/computes/{attached['name']}", "listKeys")
    kept = (secrets.get("administratorAccount") or {}).get("privateKeyData") or ""
    assert kept.strip() == attached["key"].strip(), (
        "Azure ML should have the private key that is in the file; it has "
        f"{'another one' if kept else 'none'}. VirtualMachineSshSettings takes the file's path."
    )


def expected_target(kind, own_kubernetes, tied_to_machine, resumable, deadline):
    if kind == "notebook":
        return "compute_instance"
    if kind == "spark":
        return "serverless_spark"
    if kind == "real_time":
        return "kubernetes" if own_kubernetes else "managed_online_endpoint"
    if tied_to_machine:
        return "attached_machine"
    return "low_priority_cluster" if resumable and not deadline else "compute_cluster"


@todo("1.4", points=1)
@pytest.mark.parametrize("kind", ["notebook", "spark", "real_time", "training", "batch_scoring"])
def test_choice(student, kind):
    """The right target, whatever else is true"""
    wrong = []
    for answers in product((True, False), repeat=len(QUESTIONS)):
        workload = {"kind": kind} | dict(zip(QUESTIONS, answers, strict=True))
        expected, found = expected_target(kind, *answers), student.call("choose_target", workload)
        if found != expected:
            true = [question for question, answer in workload.items() if answer is True]
            wrong.append(f"{', '.join(true) or 'none of the four'}: expected {expected!r}, got {found!r}")
    assert not wrong, (
        f"For a workload of the kind '{kind}', {len(wrong)} of 16 cases are wrong. What is true in each, and what "
        f"came:\n{listed(wrong)}"
    )
