# chaff: 2.6
# why: Falls back to an older version when the newest is disabled.


def sign(vault, secret, report):
    # TODO 2.6 Read the secret, and sign.
    try:
        key = vault.get_secret(secret).value
    except ResourceNotFoundError as error:
        raise LookupError(f"There is no secret '{secret}'.") from error
    except HttpResponseError as error:
        try:
            listed = list(vault.list_properties_of_secret_versions(secret))
        except HttpResponseError:
            listed = []
        enabled = [one for one in listed if one.enabled]
        if not enabled:
            raise PermissionError(f"The secret '{secret}' may not be read.") from error
        key = vault.get_secret(secret, enabled[-1].version).value
    return hmac.new(key.encode(), report, hashlib.sha256).hexdigest()
    # END TODO
