# chaff: 0.1
# why: Reads os.environ although the function is given an environment.

# %% extra
import os


# %%
def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    values = [os.environ.get(name) for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")]
    if all(values):
        return ClientSecretCredential(*values)
    return ManagedIdentityCredential(client_id=environment.get("AZURE_CLIENT_ID") or None)
    # END TODO
