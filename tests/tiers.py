"""The tiers of the suite, each with all that those before it have (docs/adr/0049)."""

from __future__ import annotations

#: For everybody after a change; for continuous integration; before something is called done.
#: `pytest.mark.tier` names the first that runs a test; without it all three do.
TIERS = ("test", "all", "prove")
