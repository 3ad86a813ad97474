"""The simulator: the real server and clients on a clock, a network and a disk that obey a seed.

``python -m tests.simulation --seeds 2000`` runs it; CONTRIBUTING.md says how to read it.

=====================  ===========================================================================
:mod:`.plan`           what a seed draws first: how many, how fast, how small, which faults
:mod:`.network`        sockets whose bytes go when, and as far as, the world lets them
:mod:`.disk`           SQLite files whose statements and commits fail, or are never answered
:mod:`.server`         the real server on these, its lanes turned by hand; killed and begun again
:mod:`.client`         the real client without its windows, and :mod:`.screen` in their place
:mod:`.store`          its file on disk, between any two of whose transactions it may end
:mod:`.person`         who sits before it
:mod:`.faults`         what breaks at any step
:mod:`.oracle`         what must be true, at every moment and at the end
:mod:`.database`       what the database has, for the oracle
:mod:`.world`          one seed, from the first step to the verdict
:mod:`.edges`          which names of the product are replaced while a world runs
:mod:`.logged`         what the server logs: an exception that it caught is a fault
:mod:`.figures`        what many worlds came to; :mod:`.many` runs them in several processes
=====================  ===========================================================================

Everything random comes from one ``random.Random(seed)``; no thread runs and no clock ticks, so the
same seed is the same run.
"""
