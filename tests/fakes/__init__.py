"""The other companies, as strict as they are: each speaks HTTP on loopback to the real libraries.

telegram/   Telegram's Bot API, its people and their screens
slack/      Slack's Web API, Socket Mode and Events API, its people and their screens
common/     what they all stand on
data/       what the companies publish about their methods, reduced (see data/README.md)
"""
