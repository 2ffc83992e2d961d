"""One flow per form, found by the registry."""
