"""One declaration per form; the registry finds them by listing this folder."""
