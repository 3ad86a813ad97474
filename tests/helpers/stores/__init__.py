"""The parts of a storage in memory; :class:`tests.helpers.chat.FakeStore` has one of each."""
