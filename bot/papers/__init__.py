"""What a leader can hold in the hand or put in a calendar.

    curve.py       a leader's own pulse over time, as SVG and as PNG
    action_plan.py the action plan on one page, as PDF (action_plan.typ)
    sheet.py       the one-page agreement with oneself and the nearest leader, as PDF (sheet.typ)
    invitation.py  the coming dialogues as an iCalendar file
    zone.py        the clock changes of a time zone, as iCalendar wants them told
    days.py        how a date is written in Danish and in English
    press.py       the one place that calls the typesetter

Everything here is a function of its arguments: no clock, no database, no network. The same input
gives the same bytes on the same machine. User text reaches the typesetter as JSON, never as markup.
"""
