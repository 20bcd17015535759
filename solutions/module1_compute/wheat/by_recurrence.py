# why: A daily recurrence instead of cron; stop and start are waited for with result().

# %% extra
from azure.ai.ml.entities import RecurrencePattern, RecurrenceTrigger


# %%
def make_instance(client, name, size, person, script, time_zone):
    # TODO 1.2 Make the compute instance.
    daily = RecurrenceTrigger(
        frequency="day", interval=1, schedule=RecurrencePattern(hours=18, minutes=0), time_zone=time_zone
    )
    instance = ComputeInstance(name=name, size=size, description="Stops at six")
    instance.schedules = ComputeSchedules(
        compute_start_stop=[ComputeStartStopSchedule(trigger=daily, action="stop", state="Enabled")]
    )
    instance.create_on_behalf_of = AssignedUserConfiguration(
        user_object_id=person["object_id"], user_tenant_id=person["tenant_id"]
    )
    instance.setup_scripts = SetupScripts(startup_script=ScriptReference(path=script))
    instance.idle_time_before_shutdown_minutes = 60
    return client.begin_create_or_update(instance).result()
    # END TODO


def freshen(client, name):
    # TODO 1.2 Look at its state, and do what fits.
    acts = {"Running": client.compute.begin_restart, "Stopped": client.compute.begin_start}
    acts[client.compute.get(name).state](name).result()
    # END TODO
