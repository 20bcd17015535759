# chaff: 1.2
# why: Leaves out the time zone: then it is six in UTC.


def make_instance(client, name, size, person, script, time_zone):
    # TODO 1.2 Make the compute instance.
    evening = ComputeStartStopSchedule(action="stop", trigger=CronTrigger(expression="0 18 * * *"))
    wanted = ComputeInstance(
        name=name,
        size=size,
        create_on_behalf_of=AssignedUserConfiguration(
            user_tenant_id=person["tenant_id"], user_object_id=person["object_id"]
        ),
        schedules=ComputeSchedules(compute_start_stop=[evening]),
        setup_scripts=SetupScripts(startup_script=ScriptReference(path=script, timeout_minutes=15)),
        idle_time_before_shutdown_minutes=60,
    )
    return client.compute.begin_create_or_update(wanted).result()
    # END TODO
