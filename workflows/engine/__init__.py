"""What every flow stands on: its base and kinds of node, its soundness, versions and picture."""
