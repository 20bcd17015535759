# chaff: 1.4
# why: Makes a new instance instead of attaching the machine.


def attach_machine(client, name, machine_id, user, key_file):
    # TODO 1.4 Attach the machine.
    return client.compute.begin_create_or_update(
        ComputeInstance(name=f"{name}-1", size="Standard_DS3_v2")
    ).result()
    # END TODO
