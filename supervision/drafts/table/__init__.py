"""The table of remarks and answers, on a page and as a file."""
