"""The whole program against Slack and Telegram at once: real wiring, real libraries, a real file.

house      one program, both companies, a clock that is moved; who lives there
screens    a person at a screen: the same verbs on either platform
fortnight  what Mette and Karin live through, written once
evidence   what may never be seen by others, and what is seen exactly once
street     the wires between the program and the companies: cut, or repeating everything
program    the program as a process of its own, that can be killed (serve: what runs in it)
"""
