"""The suite: it mirrors the apps; see docs/adr/0011 for how its databases are prepared."""
