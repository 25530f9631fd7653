"""Slack: private messages with an app, by Socket Mode or by signed posts.

text        what Slack counts, and a person's words out of its escapes         pure
blocks      the pieces of Block Kit that we use                                pure
choices     the buttons under a question, and what a press on them means       pure
modal       the window to write in                                             pure
home        the app's home: HomeView, the Home that gives it, its blocks       pure
render      Message -> the arguments of chat.postMessage                       pure
receive     a body of Slack's -> what somebody did                             pure
workspaces  the clients, one a workspace, and what their errors mean
send        SlackChannel: what was rendered, to a person
screen      what is changed on a screen afterwards; it may fail
reception   has it kept, then acknowledges, then changes the screen
app         the one Bolt app that both ways in lead to
edge        SlackEdge: what listens      hook  POST /slack/events      signature  who sent it
"""
