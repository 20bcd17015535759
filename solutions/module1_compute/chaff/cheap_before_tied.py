# chaff: 1.4
# why: Asks about cheap nodes first, and forgets the licence.


def attach_machine(client, name, machine_id, user, key_file):
    # TODO 1.4 Attach the machine.
    settings = VirtualMachineSshSettings(admin_username=user, ssh_private_key_file=str(key_file), ssh_port=22)
    machine = VirtualMachineCompute(name=name, resource_id=machine_id, ssh_settings=settings)
    return client.compute.begin_attach(machine).result()
    # END TODO


def choose_target(workload):
    # TODO 1.4 Decide by the table.
    kind = workload["kind"]
    if kind == "notebook":
        return "compute_instance"
    if kind == "spark":
        return "serverless_spark"
    if kind == "real_time":
        return "kubernetes" if workload["own_kubernetes"] else "managed_online_endpoint"
    if workload["resumable"] and not workload["deadline"]:
        return "low_priority_cluster"
    if workload["tied_to_machine"]:
        return "attached_machine"
    return "compute_cluster"
    # END TODO
