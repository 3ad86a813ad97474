"""A room's log, in memory and on disk: rows, the list that is shown of them, and the receiver's
rule, which keeps both in order. No Qt.
"""
