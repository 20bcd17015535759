# why: A table of rows instead of branches; settings made step by step.


def attach_machine(client, name, machine_id, user, key_file):
    # TODO 1.4 Attach the machine.
    machine = VirtualMachineCompute(
        name=name,
        resource_id=machine_id,
        ssh_settings=VirtualMachineSshSettings(admin_username=user, ssh_private_key_file=key_file.as_posix()),
    )
    client.compute.begin_create_or_update(machine).wait()
    return client.compute.get(name)
    # END TODO


def choose_target(workload):
    # TODO 1.4 Decide by the table.
    batch = ("training", "batch_scoring")
    rows = [
        (("notebook",), True, "compute_instance"),
        (("spark",), True, "serverless_spark"),
        (("real_time",), workload["own_kubernetes"], "kubernetes"),
        (("real_time",), True, "managed_online_endpoint"),
        (batch, workload["tied_to_machine"], "attached_machine"),
        (batch, workload["resumable"] > workload["deadline"], "low_priority_cluster"),
        (batch, True, "compute_cluster"),
    ]
    return next(target for kinds, fits, target in rows if workload["kind"] in kinds and fits)
    # END TODO
