"""Item models: what the views show, following the changes that the state reports."""
