# chaff: 0.1
# why: DefaultAzureCredential for everything: it never looks at the environment that was given.

# %% extra
from azure.identity import DefaultAzureCredential


# %%
def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    return DefaultAzureCredential()
    # END TODO
