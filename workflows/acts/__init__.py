"""What people do: a step of a flow (`act`), and what moves a case, a draft or a paper beside its steps."""
