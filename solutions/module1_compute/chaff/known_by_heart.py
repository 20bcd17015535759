# chaff: 1.5
# why: Takes the size of every tutorial.


def choose_size(client, nodes, cores, memory_gb):
    # TODO 1.5 Choose from the sizes of the workspace's region: sizes_of() and quotas_of() tell.
    return "Standard_DS3_v2"
    # END TODO
