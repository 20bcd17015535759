"""For each resource type, where one of it lies and a body that is accepted: the start for spoiled ones."""

from __future__ import annotations

from typing import Any

GROUP = "/subscriptions/{subscription}/resourceGroups/rg"
ML = "Microsoft.MachineLearningServices"
WORKSPACE = f"{GROUP}/providers/{ML}/workspaces/fuzz-ws"
REGISTRY = f"{GROUP}/providers/{ML}/registries/fuzzreg"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/fuzzdata"
VM_ID = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm"
READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"

Body = dict[str, Any]


def _properties(**fields: Any) -> Body:
    return {"properties": fields}


ASSET = {"description": "d", "tags": {"a": "b"}, "properties": {"c": "d"}, "isArchived": False}
ASSETS: dict[str, Body] = {
    "data": {"dataUri": "azureml://datastores/x/paths/y", "dataType": "uri_folder"}
    | {"autoDeleteSetting": {"condition": "createdGreaterThan", "value": "30d"}},
    "environments": {"image": "a/b:1", "condaFile": "dependencies: [python]", "osType": "Linux"},
    "codes": {"codeUri": "https://a.blob.core.windows.net/c/d", "properties": {"hash_sha256": "0" * 64}},
    "models": {"modelUri": "azureml://jobs/j/outputs/o/paths/p", "modelType": "mlflow_model"}
    | {"flavors": {"python_function": {"data": {"loader": "sklearn"}}}, "stage": "Production"},
    "components": {
        "componentSpec": {
            "name": "c",
            "version": "1",
            "type": "command",
            "command": "echo ${{inputs.a}}",
            "inputs": {"a": {"type": "number", "default": 1, "optional": False}},
            "outputs": {"o": {"type": "uri_folder"}},
            "environment": "azureml:AzureML-sklearn-1.5@latest",
            "distribution": {"type": "mpi", "process_count_per_instance": 1},
            "resources": {"instance_count": 1},
        }
    },
}
SCHEDULE = {
    "action": {"actionType": "CreateJob", "jobDefinition": {"jobType": "Command", "command": "true"}},
    "trigger": {
        "triggerType": "Recurrence",
        "frequency": "week",
        "interval": 1,
        "startTime": "2026-01-01T10:00:00",
        "endTime": "2030-01-01T10:00:00",
        "timeZone": "UTC",
        "schedule": {"hours": [4], "minutes": [0], "weekDays": ["Monday"], "monthDays": None},
    },
    "isEnabled": False,
    "tags": {},
}
CLUSTER = {
    "computeType": "AmlCompute",
    "computeLocation": "eastus",
    "properties": {
        "vmSize": "Standard_DS3_v2",
        "vmPriority": "Dedicated",
        "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT120S"},
        "userAccountCredentials": {"adminUserName": "a", "adminUserPassword": "b"},
        "subnet": {"id": "x"},
    },
}
INSTANCE = {
    "computeType": "ComputeInstance",
    "properties": {
        "vmSize": "Standard_DS2_v2",
        "idleTimeBeforeShutdown": "PT30M",
        "sshSettings": {"sshPublicAccess": "Disabled", "adminPublicKey": "k"},
        "personalComputeInstanceSettings": {"assignedUser": {"objectId": "o", "tenantId": "t"}},
        "setupScripts": {"scripts": {"creationScript": {"scriptSource": "inline", "scriptData": "YQ=="}}},
        "schedules": {
            "computeStartStop": [
                {
                    "action": "Stop",
                    "status": "Enabled",
                    "triggerType": "Cron",
                    "cron": {"expression": "0 18 * * 1-5", "timeZone": "UTC", "startTime": None},
                },
                {"action": "Start", "triggerType": "Recurrence", "recurrence": SCHEDULE["trigger"]},
            ]
        },
    },
}
MACHINE = {
    "computeType": "VirtualMachine",
    "resourceId": VM_ID,
    "properties": {"sshPort": 22, "administratorAccount": {"username": "u", "password": "p"}},
}
TEMPLATE = {
    "$schema": "s",
    "contentVersion": "1.0.0.0",
    "parameters": {"p": {"type": "string", "defaultValue": "eastus"}},
    "variables": {"v": "[concat(parameters('p'), 'x')]"},
    "resources": [
        {
            "type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2020-01-01",
            "name": "[variables('v')]",
            "location": "[parameters('p')]",
            "dependsOn": [],
            "properties": {},
        }
    ],
    "outputs": {"o": {"type": "string", "value": "[variables('v')]"}},
}
LIFECYCLE = {
    "name": "r",
    "enabled": True,
    "type": "Lifecycle",
    "definition": {
        "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["a/"]},
        "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 1}}},
    },
}
ENDPOINT: Body = {
    "location": "eastus",
    "identity": {"type": "SystemAssigned"},
    **_properties(authMode="Key", traffic={}, mirrorTraffic={}, keys={"primaryKey": "k"}, defaults={}),
}
DEPLOYMENT: Body = {
    "location": "eastus",
    "sku": {"name": "Default", "capacity": 1},
    **_properties(
        endpointComputeType="Kubernetes",
        instanceType="Standard_DS2_v2",
        model={"referenceType": "Id", "assetId": f"{WORKSPACE}/models/asset1/versions/1"},
        scaleSettings={"scaleType": "Default"},
        requestSettings={"requestTimeout": "PT5S"},
        environmentVariables={"A": "b"},
        codeConfiguration={"scoringScript": "score.py"},
        compute=f"{WORKSPACE}/computes/cluster1",
    ),
}
JOB = {
    "jobType": "Command",
    "command": "true",
    "computeId": None,
    "experimentName": "e",
    "environmentId": None,
    "inputs": {"i": {"jobInputType": "uri_file", "uri": "azureml://datastores/x/paths/y"}},
    "outputs": {"o": {"jobOutputType": "uri_folder"}},
    "services": {"s": {"jobServiceType": "JupyterLab"}},
    "resources": {"instanceCount": 1},
    "trial": {"command": "true", "computeId": None},
    "limits": {"timeout": "PT1H"},
    "tags": {"a": "b"},
}
SWEEP = {
    "jobType": "Sweep",
    "trial": {
        "command": "echo ${{search_space.c}}",
        "environmentId": None,
        "environmentVariables": {"A": "b"},
    },
    "searchSpace": {"c": ["choice", [["a", "b"]]]},
    "samplingAlgorithm": {"samplingAlgorithmType": "Grid"},
    "earlyTermination": {
        "policyType": "Bandit",
        "slackFactor": 0.1,
        "evaluationInterval": 1,
        "delayEvaluation": 1,
    },
    "objective": {"goal": "maximize", "primaryMetric": "AUC"},
    "limits": {"maxTotalTrials": 1, "maxConcurrentTrials": 1, "timeout": "PT1H", "trialTimeout": "PT1M"},
}
PIPELINE = {
    "jobType": "Pipeline",
    "inputs": {"i": {"jobInputType": "literal", "value": "1"}},
    "outputs": {},
    "settings": {"default_compute": f"{WORKSPACE}/computes/cluster1", "continue_on_step_failure": False},
    "jobs": {
        "step": {
            "type": "command",
            "name": "step",
            "componentId": f"{WORKSPACE}/components/asset1/versions/1",
            "inputs": {"a": {"job_input_type": "literal", "value": "${{parent.inputs.i}}"}},
            "outputs": {},
            "resources": {"instance_count": 1},
        }
    },
}
BLOB_STORE = {
    "datastoreType": "AzureBlob",
    "accountName": "fuzzdata",
    "containerName": "c",
    "isDefault": False,
    "credentials": {
        "credentialsType": "AccountKey",
        "secrets": {"secretsType": "AccountKey", "key": "a"},
    },
}
CONNECTION = _properties(
    category="Git",
    authType="PAT",
    target="t",
    credentials={"pat": "p"},
    metadata={"a": "b"},
    isSharedToAll=False,
)


def _located(**properties: Any) -> Body:
    return {"location": "eastus", "tags": {"a": "b"}, "properties": properties}


RESOURCES: list[tuple[str, Body]] = [
    (GROUP, {"location": "eastus", "tags": {"a": "b"}}),
    (
        f"{GROUP}/providers/Microsoft.Resources/deployments/d",
        _properties(mode="Incremental", template=TEMPLATE),
    ),
    (
        f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-0000-0000-0000000000f1",
        _properties(roleDefinitionId=READER, principalId="{principal}"),
    ),
    (
        f"{GROUP}/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-0000000000f2",
        _properties(roleName="r", assignableScopes=[GROUP], permissions=[{"actions": ["*/read"]}]),
    ),
    (
        ACCOUNT,
        {**_located(isHnsEnabled=False), "kind": "StorageV2", "sku": {"name": "Standard_LRS"}},
    ),
    (f"{ACCOUNT}/blobServices/default", _properties(deleteRetentionPolicy={"enabled": False})),
    (
        f"{ACCOUNT}/blobServices/default/containers/container1",
        _properties(publicAccess="None", metadata={"a": "b"}),
    ),
    (f"{ACCOUNT}/fileServices/default", _properties(shareDeleteRetentionPolicy={"enabled": False})),
    (f"{ACCOUNT}/fileServices/default/shares/share1", _properties(shareQuota=5, metadata={"a": "b"})),
    (f"{ACCOUNT}/managementPolicies/default", _properties(policy={"rules": [LIFECYCLE]})),
    (f"{GROUP}/providers/Microsoft.KeyVault/vaults/fuzzvault1", _located(tenantId="t", accessPolicies=[])),
    (f"{GROUP}/providers/Microsoft.Insights/components/i1", _located(Application_Type="web")),
    (f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/l1", _located(retentionInDays=30)),
    (
        f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/fuzzcr",
        {**_located(adminUserEnabled=True), "sku": {"name": "Basic"}},
    ),
    (f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u1", _located()),
    (
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/n1",
        _located(addressSpace={"addressPrefixes": ["10.0.0.0/16"]}),
    ),
    (
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/n1/subnets/s",
        _properties(addressPrefix="10.0.0.0/24"),
    ),
    (f"/subscriptions/{{subscription}}/providers/{ML}/locations/eastus/vmSizes", {}),
    (f"/subscriptions/{{subscription}}/providers/{ML}/locations/eastus/usages", {}),
    (
        f"/subscriptions/{{subscription}}/providers/{ML}/locations/eastus/providers/Microsoft.Quota/quotas/standardDSv2Family",
        _properties(limit={"limitObjectType": "LimitValue", "value": 100}),
    ),
    (
        f"{WORKSPACE}",
        {
            **_located(
                storageAccount=ACCOUNT,
                keyVault=f"{GROUP}/providers/Microsoft.KeyVault/vaults/fuzzvault1",
                friendlyName="w",
                managedNetwork={"isolationMode": "AllowInternetOutbound", "outboundRules": {}},
            ),
            "identity": {"type": "SystemAssigned", "userAssignedIdentities": None},
            "kind": "Default",
        },
    ),
    (
        f"{WORKSPACE}/computes/cluster1",
        {"location": "eastus", "properties": CLUSTER, "identity": {"type": "None"}},
    ),
    (f"{WORKSPACE}/computes/instance1", {"location": "eastus", "properties": INSTANCE}),
    (f"{WORKSPACE}/computes/machine1", {"location": "eastus", "properties": MACHINE}),
    (f"{WORKSPACE}/datastores/store1", _properties(**BLOB_STORE)),
    (f"{WORKSPACE}/connections/conn1", CONNECTION),
    (f"{WORKSPACE}/schedules/sched1", _properties(**SCHEDULE)),
    (f"{WORKSPACE}/jobs/job1", _properties(**JOB)),
    (f"{WORKSPACE}/jobs/sweep1", _properties(**SWEEP)),
    (f"{WORKSPACE}/onlineEndpoints/fuzz-online", ENDPOINT),
    (f"{WORKSPACE}/batchEndpoints/fuzz-batch", ENDPOINT),
    (
        REGISTRY,
        {
            **_located(
                regionDetails=[{"location": "eastus", "acrDetails": [], "storageAccountDetails": []}],
                publicNetworkAccess="Enabled",
            ),
            "identity": {"type": "SystemAssigned"},
        },
    ),
    (f"{REGISTRY}/tempdatarefs/a/versions/1", {"assetId": "a", "temporaryDataReferenceType": "t"}),
    (f"{REGISTRY}/datarefs/a/versions/1", {"blobUri": "https://a.blob.core.windows.net/c/d"}),
    *(
        pair
        for outer in (WORKSPACE, REGISTRY)
        for kind, own in ASSETS.items()
        for pair in (
            (f"{outer}/{kind}/asset1", _properties(**ASSET)),
            (f"{outer}/{kind}/asset1/versions/1", _properties(**(ASSET | own))),
        )
    ),
    (f"{WORKSPACE}/onlineEndpoints/fuzz-online/deployments/blue", DEPLOYMENT),
    (f"{WORKSPACE}/batchEndpoints/fuzz-batch/deployments/blue", DEPLOYMENT),
    (f"{WORKSPACE}/jobs/pipeline1", _properties(**PIPELINE)),
    (f"{WORKSPACE}/batchEndpoints/fuzz-batch/jobs/job1", {}),
]
