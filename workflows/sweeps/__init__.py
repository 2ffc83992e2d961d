"""What `tick` does by the hour: reminders, the ladder of letters, signs of life."""
