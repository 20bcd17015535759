# chaff: 0.1
# why: An empty variable is taken for one that is set.


def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    names = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    if all(name in environment for name in names):
        return ClientSecretCredential(*(environment[name] for name in names))
    return ManagedIdentityCredential(client_id=environment.get("AZURE_CLIENT_ID") or None)
    # END TODO
