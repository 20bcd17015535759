# why: Two rules instead of one, put into a dictionary by name.


def set_retention(resources, account_id, container, folder):
    # TODO 2.5 Add a rule to the account's lifecycle policy.
    where = account_id + "/managementPolicies/default"
    rules = {}
    if resources.resources.check_existence_by_id(where, STORAGE_API):
        policy = resources.resources.get_by_id(where, STORAGE_API)
        rules = {rule["name"]: rule for rule in policy.properties["policy"]["rules"]}
    for action, days in {"tierToCool": 30, "delete": 365}.items():
        rules[f"{action}-{container}-{folder.replace('/', '.')}"] = {
            "name": f"{action}-{container}-{folder.replace('/', '.')}",
            "type": "Lifecycle",
            "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"{container}/{folder}/"]},
                "actions": {"baseBlob": {action: {"daysAfterModificationGreaterThan": days}}},
            },
        }
    written = {"properties": {"policy": {"rules": list(rules.values())}}}
    resources.resources.begin_create_or_update_by_id(where, STORAGE_API, written).wait()
    # END TODO
