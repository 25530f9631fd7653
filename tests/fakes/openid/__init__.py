"""An OpenID provider on this machine, as strict as the specifications allow.

fake     what a test holds: accounts, whoever sits at the browser, keys, codes
server   the description, the keys, the authorization and the token endpoint over HTTP
checks   what a request to either endpoint has to have
signing  keys, and ID tokens made with `cryptography` alone
faults   bad days on demand, and ID tokens that nobody may believe
"""

from tests.fakes.openid.fake import Account, FakeOpenId

__all__ = ["Account", "FakeOpenId"]
