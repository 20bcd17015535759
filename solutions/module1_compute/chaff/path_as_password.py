# chaff: 1.4
# why: Gives the key's path as a password.


def attach_machine(client, name, machine_id, user, key_file):
    # TODO 1.4 Attach the machine.
    settings = VirtualMachineSshSettings(admin_username=user, admin_password=str(key_file), ssh_port=22)
    machine = VirtualMachineCompute(name=name, resource_id=machine_id, ssh_settings=settings)
    return client.compute.begin_attach(machine).result()
    # END TODO
