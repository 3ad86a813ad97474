"""The windows and their parts, one widget a file. They emit what a person wants, and show it."""
