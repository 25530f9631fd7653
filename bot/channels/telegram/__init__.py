"""Telegram: private chats with a bot, by long polling or by a webhook.

text      what Telegram counts and what its clients read into plain text      pure
keyboard  the buttons under a question; a choice of several lives in them     pure
render    Message -> the calls that say it                                    pure
receive   an update -> what somebody did                                      pure
menu      the commands in the menu, and what the bot says of itself
wire      python-telegram-bot's Bot over our own request, and its errors
send      TelegramChannel: what was rendered, to a chat
screen    what is changed on a screen afterwards; it may fail
edge      TelegramEdge: what listens                 hook  POST /telegram/webhook
"""
