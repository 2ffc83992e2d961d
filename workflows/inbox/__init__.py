"""Open work: one row for each human task, to whom it is offered and who does it instead."""
