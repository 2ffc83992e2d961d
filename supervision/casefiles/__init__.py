"""What every case has, whatever its form: below all that asks, answers and decides in it."""
