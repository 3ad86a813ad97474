"""The kill -9 storm: a real server, a real database and real clients, killed at random moments.

``python -m tests.torture --help`` runs it by hand, as long as one likes; tests/e2e/test_storm.py
runs a short one on each database. Clients are processes that keep all they know in files, so that
one that was killed goes on where it was. At the end it is counted what was acknowledged, what is
stored and what each client has shown.
"""
