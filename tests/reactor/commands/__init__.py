"""Tests of the commands, one file per topic."""
