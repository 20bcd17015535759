# %% [markdown]
# # Module 1: Compute
#
# Compute is what costs money in Azure Machine Learning, and nearly all of the waste comes from machines that nobody
# uses. In this module you make machines that come and go by themselves, and choose the right one. Read `README.md`
# beside this file first; then fill in the TODOs from top to bottom and run `workshop check module1` as often as you
# like. One TODO of 1.3 is in `train_resumable.py`.

# %%
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    AmlCompute,
    AssignedUserConfiguration,
    Compute,
    ComputeInstance,
    ComputeSchedules,
    ComputeStartStopSchedule,
    CronTrigger,
    ScriptReference,
    SetupScripts,
    VirtualMachineCompute,
    VirtualMachineSshSettings,
)
from azure.core.exceptions import ResourceNotFoundError

# %% [markdown]
# ## 1.1 A cluster that is not there when nobody needs it
#
# A cluster grows when jobs wait and shrinks when its nodes stand idle. With a minimum of 0 it costs nothing over
# night. How long a node may stand idle is a trade: too short, and every job waits for a machine to start; too long,
# and you pay for nothing.


# %%
def make_cluster(client: MLClient, name: str, size: str) -> Compute:
    """The cluster `name`, made when it is not there: 0 to 2 nodes of the size, gone after ten idle minutes."""
    # TODO 1.1 Get the cluster, or make it.
    #   A cluster that is there is left as it is: somebody may have let it grow.
    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        wanted = AmlCompute(
            name=name, size=size, min_instances=0, max_instances=2, idle_time_before_scale_down=600
        )
        return client.compute.begin_create_or_update(wanted).result()
    # END TODO


def let_grow(client: MLClient, name: str, most: int) -> Compute:
    """Let the cluster grow up to `most` nodes."""
    # TODO 1.1 Change how far the cluster may grow, and nothing else.
    #   Its minimum, its idle time, its size and its tags stay what they are, whoever chose them.
    cluster = client.compute.get(name)
    cluster.max_instances = most
    return client.compute.begin_update(cluster).result()
    # END TODO


# %% [markdown]
# ## 1.2 A machine for one person
#
# A compute instance is one person's workstation in the cloud. It does not go away by itself: it costs as much at
# night as by day, until somebody, or a schedule, stops it.


# %%
def make_instance(
    client: MLClient, name: str, size: str, person: Mapping[str, str], script: str, time_zone: str
) -> Compute:
    """A compute instance for `person` that stops every evening at six, and when it is idle for an hour."""
    # TODO 1.2 Make the compute instance.
    #   It is made on behalf of `person` ("tenant_id" and "object_id"): only they get in. `script` is the path of a
    #   shell script in the workspace's file share that runs at every start. Six in the evening is meant in
    #   `time_zone`, which is a name as Windows knows it.
    evening = ComputeStartStopSchedule(
        action="stop", trigger=CronTrigger(expression="0 18 * * *", time_zone=time_zone)
    )
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


def freshen(client: MLClient, name: str) -> None:
    """Have the instance freshly started: restarted when it is running, started when it is stopped."""
    # TODO 1.2 Look at its state, and do what fits.
    #   Azure refuses to restart a machine that is stopped. Wait until it is done.
    if client.compute.get(name).state == "Running":
        client.compute.begin_restart(name).wait()
    else:
        client.compute.begin_start(name).wait()
    # END TODO


# %% [markdown]
# ## 1.3 Cheap nodes that may be taken away
#
# Low-priority nodes cost a fifth, and Azure may take them back at any moment. A training script that keeps
# checkpoints loses a step then; one that does not loses a day. The second part of this TODO is in
# `train_resumable.py`.


# %%
def make_cheap_cluster(client: MLClient, name: str, size: str) -> Compute:
    """A cluster of 0 to 2 low-priority nodes."""
    # TODO 1.3 Make the cluster, of nodes that may be taken away.
    #   The tier of a cluster cannot be changed later.
    wanted = AmlCompute(name=name, size=size, min_instances=0, max_instances=2, tier="low_priority")
    return client.compute.begin_create_or_update(wanted).result()
    # END TODO


# %% [markdown]
# ## 1.4 Attach a machine that you have, and choose a target
#
# | what it is (`kind`) | and | target |
# |---|---|---|
# | `notebook`: one person tries things out | | `compute_instance` |
# | `spark`: tables are transformed with Spark | | `serverless_spark` |
# | `real_time`: answers within a second | the firm runs its own Kubernetes (`own_kubernetes`) | `kubernetes` |
# | | otherwise | `managed_online_endpoint` |
# | `training` or `batch_scoring` | its software is licensed for one machine (`tied_to_machine`) | `attached_machine` |
# | | it can go on where it stopped (`resumable`), and nobody waits (no `deadline`) | `low_priority_cluster` |
# | | otherwise | `compute_cluster` |


# %%
def attach_machine(client: MLClient, name: str, machine_id: str, user: str, key_file: Path) -> Compute:
    """The virtual machine with this ARM id, attached to the workspace as `name`."""
    # TODO 1.4 Attach the machine.
    #   Azure ML signs in to it by SSH on port 22, as `user`, with the private key in `key_file`.
    settings = VirtualMachineSshSettings(admin_username=user, ssh_private_key_file=str(key_file), ssh_port=22)
    machine = VirtualMachineCompute(name=name, resource_id=machine_id, ssh_settings=settings)
    return client.compute.begin_attach(machine).result()
    # END TODO


def choose_target(workload: Mapping[str, object]) -> str:
    """Where a workload belongs, by the table above."""
    # TODO 1.4 Decide by the table.
    #   `workload` has "kind" and the four questions, each True or False: "own_kubernetes", "tied_to_machine",
    #   "resumable" and "deadline". A question that the table does not ask for a kind does not matter for it.
    kind = workload["kind"]
    if kind == "notebook":
        return "compute_instance"
    if kind == "spark":
        return "serverless_spark"
    if kind == "real_time":
        return "kubernetes" if workload["own_kubernetes"] else "managed_online_endpoint"
    if workload["tied_to_machine"]:
        return "attached_machine"
    if workload["resumable"] and not workload["deadline"]:
        return "low_priority_cluster"
    return "compute_cluster"
    # END TODO


# %% [markdown]
# ## 1.5 A size that fits the quota
#
# A subscription may use so many cores of each VM family in a region, and so many in total; some of them are in use
# already. What is asked for beyond that is refused, however much money there is.

# %%
TOTAL = "TotalDedicatedCores"


class Size(NamedTuple):
    """A VM size that the workspace's region has."""

    name: str
    family: str
    cores: int
    memory_gb: float
    gpus: int


class Quota(NamedTuple):
    """How many cores may be used of a VM family (or of TOTAL) in the workspace's region, and how many are."""

    family: str
    limit: int
    in_use: int


def sizes_of(client: MLClient) -> list[Size]:
    # The SDK (1.35) keeps what the service answers under the service's own spelling.
    found = [vars(size) for size in client.compute.list_sizes()]
    return [Size(one["name"], one["family"], one["vCPUs"], one["memoryGB"], one["gpus"]) for one in found]


def quotas_of(client: MLClient) -> list[Quota]:
    found = [vars(usage) for usage in client.compute.list_usage()]
    return [Quota(one["name"]["value"], one["limit"], one["currentValue"]) for one in found]


def choose_size(client: MLClient, nodes: int, cores: int, memory_gb: float) -> str:
    """The smallest VM size without GPUs that has the cores and the memory, and fits the quota with `nodes` nodes."""
    # TODO 1.5 Choose from the sizes of the workspace's region: sizes_of() and quotas_of() tell.
    #   The cores of all nodes must fit into what is left of the size's family, and of TOTAL. The smallest is the one
    #   with the fewest cores, then with the least memory, then the first by name. When none fits, raise LookupError.
    left = {quota.family: quota.limit - quota.in_use for quota in quotas_of(client)}
    fitting = [
        size
        for size in sizes_of(client)
        if not size.gpus
        and size.cores >= cores
        and size.memory_gb >= memory_gb
        and nodes * size.cores <= min(left.get(size.family, 0), left[TOTAL])
    ]
    if not fitting:
        raise LookupError(f"No VM size of {cores} cores and {memory_gb} GB fits the quota {nodes} times.")
    return min(fitting, key=lambda size: (size.cores, size.memory_gb, size.name)).name
    # END TODO
