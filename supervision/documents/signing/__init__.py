"""Keys of mandates, the signature itself, and the sample authority of the demonstration."""
