"""Tests of the storage, on both kinds of database."""
