# chaff: 2.6
# why: Remembers the first value for ever.

# %% extra
KNOWN = {}


# %%
def sign(vault, secret, report):
    # TODO 2.6 Read the secret, and sign.
    try:
        key = KNOWN.setdefault(secret, vault.get_secret(secret).value)
    except ResourceNotFoundError as error:
        raise LookupError(f"There is no secret '{secret}' in {vault.vault_url}.") from error
    except HttpResponseError as error:
        if error.status_code != 403:
            raise
        raise PermissionError(f"The secret '{secret}' may not be read now: {error.message}") from error
    return hmac.new(key.encode(), report, hashlib.sha256).hexdigest()
    # END TODO
