# chaff: 0.1
# why: One variable of the three is taken for all of them.


def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    names = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    if any(environment.get(name) for name in names):
        return ClientSecretCredential(*(environment.get(name, "") for name in names))
    return ManagedIdentityCredential()
    # END TODO
