"""A delegation on every road it may take; after each act rows, tasks and states tell one story."""
