"""A compute instance: whose it is, and when it stops. The cloud's clock is moved to see."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course_runtime.grading import todo

ZONES = {
    "W. Europe Standard Time": "Europe/Berlin",
    "Eastern Standard Time": "America/New_York",
    "Tokyo Standard Time": "Asia/Tokyo",
    "India Standard Time": "Asia/Kolkata",
}
SIZE = "Standard_DS3_v2"


@pytest.fixture
def zone(world):
    """A time zone by the name that Windows has for it, far from UTC."""
    return world.choice(list(ZONES))


@pytest.fixture
def pass_time(azure, student):
    """Move the cloud's clock. The student's token has run out by then, so they sign in anew."""

    def move(**time):
        azure.advance(timedelta(**time).total_seconds())
        student.probe("sign_in_again")

    return move


@pytest.fixture
def pass_time_until(azure, pass_time):
    """Move the clock to the next time that it is so late in a zone."""

    def move(hour, minute, zone):
        place = ZoneInfo(ZONES[zone])
        now = datetime.fromtimestamp(azure.now(), place)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if then <= now:
            then += timedelta(days=1)
        pass_time(seconds=then.timestamp() - azure.now())

    return move


@pytest.fixture
def instance_name(world):
    """Unique in its region, and not among the names that Azure has for itself."""
    return world.name("my")


@pytest.fixture
def make(student, azure, world, client, compute, zone, instance_name):
    """Make the instance as the student does; its own properties."""

    def call(**person):
        who = person or {
            "tenant_id": azure.tenant,
            "object_id": azure.add_person(world.name("ana")).object_id,
        }
        script = f"Users/{world.plain_name('ana')}/setup.sh"
        student.call("make_instance", client(), instance_name, SIZE, who, script, zone)
        found = compute(instance_name)
        kind = found["computeType"]
        assert kind == "ComputeInstance", (
            f"'{instance_name}' should be a ComputeInstance; it is of the kind {kind}."
        )
        return found["properties"] | {"asked": {"who": who, "script": script}}

    return call


def state_of(compute, name):
    inner = compute(name)["properties"]
    return inner["state"], inner["lastOperation"]["operationTrigger"]


def start(azure, workspace, name):
    """Somebody uses the machine: it runs, and its idle time begins anew."""
    azure.act(f"{workspace.id}/computes/{name}", "start")


@todo("1.2", points=1)
def test_whose(make):
    """The instance belongs to the person it was made for."""
    inner = make()
    wanted = inner["asked"]["who"]
    settings = (inner.get("personalComputeInstanceSettings") or {}).get("assignedUser") or {}
    found = {"tenant_id": settings.get("tenantId"), "object_id": settings.get("objectId")}
    assert found == wanted, (
        f"The instance should be assigned to {wanted}; it is assigned to "
        f"{found if any(found.values()) else 'nobody but whoever made it'}. create_on_behalf_of says whose it is."
    )


@todo("1.2", points=1)
def test_script(make):
    """The script runs at every start."""
    inner = make()
    scripts = (inner.get("setupScripts") or {}).get("scripts") or {}
    at_start, once = scripts.get("startupScript") or {}, scripts.get("creationScript") or {}
    wanted = inner["asked"]["script"]
    assert at_start.get("scriptData") == wanted, (
        f"{wanted} should run at every start, as the startup script; "
        + (
            "it is the creation script, which runs once, when the machine is made."
            if once.get("scriptData") == wanted
            else f"the startup script is {at_start.get('scriptData')!r}."
        )
    )


@todo("1.2", points=2)
def test_stops_in_the_evening(
    azure, workspace, compute, make, zone, instance_name, pass_time, pass_time_until
):
    """It stops every day at six in the evening, in the person's own time zone."""
    make()
    for day in ("on the first day", "on the second day"):
        pass_time_until(17, 40, zone)
        start(azure, workspace, instance_name)
        pass_time(minutes=15)
        state, _ = state_of(compute, instance_name)
        assert state == "Running", (
            f"It is in use, and five to six in the evening in '{zone}' {day}: it should be running; it is {state}."
        )
        pass_time(minutes=10)
        state, trigger = state_of(compute, instance_name)
        assert state == "Stopped", (
            f"It is five past six in the evening in '{zone}' {day}, so the schedule should have stopped it; it is "
            f"{state}. A cron expression is minute, hour, day, month, weekday, in the trigger's own time_zone."
        )
        assert trigger == "Schedule", f"It should be stopped by its schedule; it was stopped by {trigger}."


@todo("1.2", points=1)
def test_not_at_noon(azure, workspace, compute, make, zone, instance_name, pass_time, pass_time_until):
    """At other times of the day the schedule leaves it alone."""
    pass_time_until(18, 30, zone)
    make()
    for _ in range(31):
        pass_time(minutes=45)
        state, trigger = state_of(compute, instance_name)
        stopped_at = datetime.fromtimestamp(azure.now(), ZoneInfo(ZONES[zone]))
        assert state == "Running", (
            f"Somebody works on it all the time, and it is {stopped_at:%H:%M} in '{zone}', yet it was stopped by "
            f"{trigger}. The schedule stops it at 18:00 and at no other time, and the idle shutdown after an hour."
        )
        start(azure, workspace, instance_name)


@todo("1.2", points=1)
def test_idle(compute, make, zone, instance_name, pass_time, pass_time_until):
    """It stops when it was idle for an hour, and not before."""
    pass_time_until(20, 0, zone)
    make()
    pass_time(minutes=57)
    state, _ = state_of(compute, instance_name)
    assert state == "Running", f"It is idle for 57 minutes, so it should still be running; it is {state}."
    pass_time(minutes=5)
    state, trigger = state_of(compute, instance_name)
    assert (state, trigger) == ("Stopped", "IdleShutdown"), (
        f"It is idle for 62 minutes, so it should have been shut down; it is {state}. "
        "idle_time_before_shutdown_minutes says after how long."
    )


def add_instance(azure, workspace, name, *, running):
    inner = {"vmSize": SIZE}
    body = {
        "location": workspace.location,
        "properties": {"computeType": "ComputeInstance", "properties": inner},
    }
    azure.put(f"{workspace.id}/computes/{name}", body)
    if not running:
        azure.act(f"{workspace.id}/computes/{name}", "stop")


@todo("1.2", points=1)
@pytest.mark.parametrize("was", ["running", "stopped"])
def test_freshen(student, azure, workspace, client, compute, instance_name, was):
    """The instance is freshly started"""
    add_instance(azure, workspace, instance_name, running=was == "running")
    before = compute(instance_name)["properties"]["lastOperation"]
    student.call("freshen", client(), instance_name)
    inner = compute(instance_name)["properties"]
    expected = "Restart" if was == "running" else "Start"
    done = inner["lastOperation"]["operationName"] if inner["lastOperation"] != before else "nothing"
    assert inner["state"] == "Running", f"It was {was}, and should be running now; it is {inner['state']}."
    assert done == expected, (
        f"The instance was {was}, so the last thing done with it should be '{expected}'; it is '{done}'. "
        "client.compute.get(name).state tells what it is doing."
    )
