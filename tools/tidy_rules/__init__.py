"""Rules of tools/tidy, one function each, grouped by what they read."""
