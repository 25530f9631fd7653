"""Logging in with OpenID Connect: the authorization code flow with PKCE, and an ID token.

client    what the settings say: the issuer, and what it knows us as
attempt   state, nonce and verifier of one login, all made of a secret that the browser keeps
token     whether an ID token is genuine, and the e-mail that it vouches for
issuer    what is asked of the issuer over HTTP: its description, its keys, a token for a code
login     all of it put together, as the rest of the program knows it

Of all of it only the e-mail gets out, and it is kept nowhere. No error and no line of the log holds
a token, a code, a claim's value or an e-mail. `bot/wiring_openid.py` puts it together.
"""
