"""The data lab: datastores, uploads, data assets of every type, ADLS Gen2, a secret, and a lifecycle policy."""

from __future__ import annotations

from pathlib import Path

from .notebooks import run

CELLS = (
    "from pathlib import Path\n"
    "import uuid\n"
    "from azure.ai.ml.constants import AssetTypes\n"
    "from azure.ai.ml.entities import AccountKeyConfiguration, AzureBlobDatastore, AzureDataLakeGen2Datastore, Data\n"
    "from azure.mgmt.resource import ResourceManagementClient\n"
    "folder = Path('diabetes')\n"
    "folder.mkdir()\n"
    "(folder / 'a.csv').write_text('Glucose,Outcome\\n148,1\\n')\n"
    "(folder / 'b.csv').write_text('Glucose,Outcome\\n85,0\\n')\n"
    "mltable = 'paths:\\n  - pattern: ./*.csv\\ntransformations:\\n  - read_delimited:\\n      delimiter: \",\"\\n'\n"
    "(folder / 'MLTable').write_text(mltable)",
    # Datastores
    "default = ml.datastores.get_default()\n"
    "assert default.name == 'workspaceblobstore'\n"
    "store = AzureBlobDatastore(name='training', account_name=default.account_name,\n"
    "                           container_name=default.container_name, description='training data')\n"
    "ml.datastores.create_or_update(store)\n"
    "assert {'training', 'workspaceblobstore', 'workspacefilestore'} <= {one.name for one in ml.datastores.list()}",
    # Assets of the three types, uploaded
    "file = ml.data.create_or_update(Data(name='file', path='diabetes/a.csv', type=AssetTypes.URI_FILE))\n"
    "assert file.version == '1' and file.path.endswith('/a.csv'), file\n"
    "both = ml.data.create_or_update(Data(name='folder', path='diabetes', type=AssetTypes.URI_FOLDER))\n"
    "assert both.path.endswith('/diabetes/'), both\n"
    "table = ml.data.create_or_update(Data(name='table', path='diabetes', type=AssetTypes.MLTABLE))\n"
    "assert table.type == 'mltable'",
    # Versions, labels, archive
    "(folder / 'a.csv').write_text('Glucose,Outcome\\n150,1\\n')\n"
    "newer = Data(name='file', path='diabetes/a.csv', type=AssetTypes.URI_FILE, tags={'round': '2'})\n"
    "assert ml.data.create_or_update(newer).version == '2'\n"
    "assert ml.data.get('file', label='latest').version == '2'\n"
    "ml.data.archive('file', version='2')\n"
    "assert [one.version for one in ml.data.list('file')] == ['1']\n"
    "ml.data.restore('file', version='2')\n"
    "assert sorted(one.version for one in ml.data.list('file')) == ['1', '2']",
    # Download
    "from azure.ai.ml._artifacts._artifact_utilities import download_artifact_from_aml_uri\n"
    "download_artifact_from_aml_uri(both.path, 'back', ml.datastores)\n"
    "assert Path('back/b.csv').read_text() == 'Glucose,Outcome\\n85,0\\n'",
    # Storage itself: an owner of the account must still be given a right to the data
    "from azure.core.exceptions import HttpResponseError\n"
    "from azure.storage.blob import BlobServiceClient\n"
    "blobs = BlobServiceClient(f'https://{default.account_name}.blob.core.windows.net', credential)\n"
    "try:\n"
    "    list(blobs.get_container_client(default.container_name).list_blobs())\n"
    "    raise AssertionError('an owner may not read data without a role for it')\n"
    "except HttpResponseError as refused:\n"
    "    assert refused.error_code == 'AuthorizationPermissionMismatch', refused",
    "import base64, json\n"
    "from azure.mgmt.authorization import AuthorizationManagementClient\n"
    "claims = credential.get_token('https://management.azure.com/.default').token.split('.')[1]\n"
    "me = json.loads(base64.urlsafe_b64decode(claims + '=='))['oid']\n"
    "group = f\"/subscriptions/{e['AZURE_SUBSCRIPTION_ID']}/resourceGroups/{e['AZURE_RESOURCE_GROUP']}\"\n"
    "roles = AuthorizationManagementClient(credential, e['AZURE_SUBSCRIPTION_ID'])\n"
    "for name in ('Storage Blob Data Contributor', 'Key Vault Secrets Officer'):\n"
    "    role = next(roles.role_definitions.list(group, filter=f\"roleName eq '{name}'\"))\n"
    "    wanted = {'properties': {'roleDefinitionId': role.id, 'principalId': me, 'principalType': 'User'}}\n"
    "    roles.role_assignments.create(group, str(uuid.uuid4()), wanted)",
    "names = {one.name.rsplit('/', 1)[1] for one in blobs.get_container_client(default.container_name).list_blobs()}\n"
    "assert {'a.csv', 'b.csv', 'MLTable'} <= names, names",
    # ADLS Gen2: an account, its key, a file system, a datastore, an asset
    "arm = ResourceManagementClient(credential, e['AZURE_SUBSCRIPTION_ID'])\n"
    "lake_name = 'lake' + uuid.uuid4().hex[:12]\n"
    "lake_id = f'{group}/providers/Microsoft.Storage/storageAccounts/{lake_name}'\n"
    "body = {'location': 'eastus', 'kind': 'StorageV2', 'sku': {'name': 'Standard_LRS'},\n"
    "        'properties': {'isHnsEnabled': True}}\n"
    "arm.resources.begin_create_or_update_by_id(lake_id, '2023-05-01', body).result()",
    "from azure.mgmt.storage import StorageManagementClient\n"
    "accounts = StorageManagementClient(credential, e['AZURE_SUBSCRIPTION_ID'])\n"
    "key = accounts.storage_accounts.list_keys(e['AZURE_RESOURCE_GROUP'], lake_name).keys[0].value\n"
    "from azure.storage.filedatalake import DataLakeServiceClient\n"
    "lake = DataLakeServiceClient(f'https://{lake_name}.dfs.core.windows.net', key).create_file_system('raw')\n"
    "lake.create_directory('2026').create_file('c.csv').upload_data(b'Glucose\\n99\\n', overwrite=True)\n"
    "lake.get_directory_client('2026').rename_directory('raw/year')\n"
    "assert [one.name for one in lake.get_paths() if not one.is_directory] == ['year/c.csv']",
    "gen2 = AzureDataLakeGen2Datastore(name='lake', account_name=lake_name, filesystem='raw')\n"
    "ml.datastores.create_or_update(gen2)\n"
    "uri = 'azureml://datastores/lake/paths/year/c.csv'\n"
    "assert ml.data.create_or_update(Data(name='in-lake', path=uri, type='uri_file')).path.endswith('year/c.csv')",
    # A secret in the workspace's vault
    "from azure.keyvault.secrets import SecretClient\n"
    "vault = ml.workspaces.get(e['AZURE_WORKSPACE_NAME']).key_vault.rsplit('/', 1)[1]\n"
    "secrets = SecretClient(f'https://{vault}.vault.azure.net', credential)\n"
    "secrets.set_secret('lake-key', key)\n"
    "assert secrets.get_secret('lake-key').value == key",
    "keyed = AzureDataLakeGen2Datastore(name='lake', account_name=lake_name, filesystem='raw',\n"
    "    credentials=AccountKeyConfiguration(account_key=secrets.get_secret('lake-key').value))\n"
    "ml.datastores.create_or_update(keyed)\n"
    "assert not getattr(ml.datastores.get('lake').credentials, 'account_key', None)\n"
    "assert ml.datastores.get('lake', include_secrets=True).credentials.account_key == key",
    # What is old goes
    "rule = {'name': 'old', 'type': 'Lifecycle', 'definition': {\n"
    "    'filters': {'blob_types': ['blockBlob'], 'prefix_match': ['raw/year']},\n"
    "    'actions': {'base_blob': {'delete': {'days_after_modification_greater_than': 30}}}}}\n"
    "policies = accounts.management_policies\n"
    "policies.create_or_update(e['AZURE_RESOURCE_GROUP'], lake_name, 'default', {'policy': {'rules': [rule]}})\n"
    "assert policies.get(e['AZURE_RESOURCE_GROUP'], lake_name, 'default').policy.rules[0].name == 'old'",
)


def test_the_data_lab_runs_in_a_notebook(tmp_path: Path) -> None:
    log = run(tmp_path, CELLS)
    assert any(entry["host"].endswith(".dfs.core.windows.net") for entry in log)
    assert any(entry["host"].endswith(".vault.azure.net") and entry["method"] == "PUT" for entry in log)
    planes = (".core.windows.net", ".vault.azure.net", "management.azure.com")
    assert not [entry for entry in log if entry["host"].endswith(planes) and entry["status"] >= 500]
