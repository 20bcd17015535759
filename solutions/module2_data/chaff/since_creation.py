# chaff: 2.5
# why: Counts from the day that a blob was first written.


def set_retention(resources, account_id, container, folder):
    # TODO 2.5 Add a rule to the account's lifecycle policy.
    policy_id = f"{account_id}/managementPolicies/default"
    name = f"retention-{container}-{folder}".replace("/", "-")
    try:
        rules = resources.resources.get_by_id(policy_id, STORAGE_API).properties["policy"]["rules"]
    except ResourceNotFoundError:
        rules = []
    mine = {
        "name": name,
        "enabled": True,
        "type": "Lifecycle",
        "definition": {
            "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"{container}/{folder}/"]},
            "actions": {
                "baseBlob": {
                    "tierToCool": {"daysAfterCreationGreaterThan": 30},
                    "delete": {"daysAfterCreationGreaterThan": 365},
                }
            },
        },
    }
    kept = [rule for rule in rules if rule["name"] != name]
    policy = {"properties": {"policy": {"rules": [*kept, mine]}}}
    resources.resources.begin_create_or_update_by_id(policy_id, STORAGE_API, policy).result()
    # END TODO
