"""The tokens of endpoints whose authMode is AMLToken: made by the endpoint, good for some hours."""

from __future__ import annotations

import secrets

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.store.resources import Stored

SECONDS_A_TOKEN_LASTS = 8 * 3600
AUDIENCE = "https://ml.azure.com/online-endpoint"


def new_token(cloud: Cloud, endpoint: Stored) -> Body:
    now = int(cloud.clock.now())
    claims = {
        "aud": AUDIENCE,
        "sub": endpoint.id,
        "iat": now,
        "exp": now + SECONDS_A_TOKEN_LASTS,
        "tid": cloud.identity.tenant_id,
        "uti": secrets.token_urlsafe(16),
    }
    return {
        "accessToken": cloud.keyring.sign(claims),
        "expiryTimeUtc": now + SECONDS_A_TOKEN_LASTS,
        "refreshAfterTimeUtc": now + SECONDS_A_TOKEN_LASTS // 2,
        "tokenType": "Bearer",
    }


def is_valid(cloud: Cloud, endpoint: Stored, token: str) -> bool:
    claims = cloud.keyring.read(token) or {}
    ours = (claims.get("aud"), claims.get("sub"), claims.get("tid"))
    return ours == (AUDIENCE, endpoint.id, cloud.identity.tenant_id) and claims["exp"] > cloud.clock.now()
