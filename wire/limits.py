"""How long anything on the wire may be, and why. Both sides go by these."""

MAX_TEXT = 5_000
"""Characters of one chat message: a page and a half of prose, more than anybody reads in a chat."""

MAX_NAME = 32
"""Characters of a user name or nickname: twice the seed's VARCHAR(15), still one line in a list."""

MAX_PASSWORD = 128
"""Characters of a password: room for a passphrase, while hashing stays bounded work."""

MAX_CID = 64
"""Characters of a sender's own message id: a UUID is 36, a digest in hexadecimal 64."""

MAX_TOKEN = 64
"""Characters of a ping's token, which is sent back as it came."""

MAX_CLIENT = 64
"""Characters of the name and version by which a client program introduces itself."""

MAX_PAGE = 200
"""Entries in one page of a listing: what a window shows, and a turn of the loop hardly notices."""

MAX_TOPIC = 200
"""Characters of a room's topic: one line above the messages."""

MAX_SIGN = 16
"""Characters of a reaction: the longest emoji sequences have some ten code points."""

MAX_SIGNS = 20
"""Different reactions to one message: more would not fit below it."""

MAX_QUERY = 100
"""Characters of a search; a longer sentence is found by its beginning."""

MAX_RESUMED = 200
"""Rooms in one resume: a frame has room for them, and more can be sent behind it."""

MAX_READERS = 50
"""Members of a room that tells who has read what: a class. In larger ones nobody reads the list."""

MAX_UNREAD = 1_000
"""Unread messages of a room are counted up to here; a badge says 999+ anyway."""

MAX_MENTIONS = 10
"""Users that one message can name so that they are told; further ones are only text."""

MAX_FRAME = 32 * 1024
"""Bytes of one frame without its line end. MAX_TEXT characters take 20,000 bytes at the most (four
bytes each in UTF-8, or two for one that is escaped), and the other fields take the rest."""

MAX_LINE = 128 * 1024
"""Bytes after which a line that has not ended closes the connection. A line between MAX_FRAME and
this is refused and skipped, so that one slip does not cost the connection; a peer that goes on for
longer is not speaking this protocol."""
