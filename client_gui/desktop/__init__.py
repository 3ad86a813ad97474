"""What the machine has for every program: language, windows' places, preferences, signals."""
