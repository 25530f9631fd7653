"""Bad days on demand, at a provider."""

from __future__ import annotations

from typing import Literal, get_args

from tests.fakes.common import faults
from tests.fakes.common.faults import CallHow

Forged = Literal[
    "alg-none",  # not signed at all
    "alg-hs256",  # signed with what is published, as if it were a secret
    "alg-hs256-secret",  # signed with the client's own secret
    "other-key",  # signed with another key under the name of one that is published
    "wrong-issuer",
    "wrong-audience",
    "other-party",  # for us and for another, and given to that other (azp)
    "unclear-party",  # for us and for another, without saying to whom
    "expired",
    "from-the-future",
    "no-expiry",
    "old-nonce",
    "no-nonce",
    "not-a-token",
    "cut-short",
]  # fmt: skip
How = Literal[
    CallHow,
    "huge",  # of any endpoint: an answer without end
    "denied",  # of authorize: the person, or their organisation, says no
    "other-issuer",  # of authorize: the answer says that it is from elsewhere
    Forged,  # of id-token
]


class Faults(faults.Faults[How]):
    hows = get_args(How)
