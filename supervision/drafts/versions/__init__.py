"""From one version of a draft to the next and to the text as issued."""
