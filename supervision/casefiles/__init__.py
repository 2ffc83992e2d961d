"""The case and what every case has, whatever its form: number, access, what was entered at its steps.

Nothing that a form asks, answers or decides: that is in `cases`, above.
"""
