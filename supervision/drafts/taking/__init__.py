"""What is said of a draft, on its way into the table: asked for, taken in, sorted."""
