# %% [markdown]
# # Scripts

# %%
# %pip list


# %%
def script() -> str:
    # TODO 3.1 Name the script
    return "train.py"
    # END TODO
