# chaff: 2.5
# why: The rule is written, and switched off.


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
        "enabled": False,
        "type": "Lifecycle",
        "definition": {
            "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"{container}/{folder}/"]},
            "actions": {
                "baseBlob": {
                    "tierToCool": {"daysAfterModificationGreaterThan": 30},
                    "delete": {"daysAfterModificationGreaterThan": 365},
                }
            },
        },
    }
    kept = [rule for rule in rules if rule["name"] != name]
    policy = {"properties": {"policy": {"rules": [*kept, mine]}}}
    resources.resources.begin_create_or_update_by_id(policy_id, STORAGE_API, policy).result()
    # END TODO
