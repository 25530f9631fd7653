"""Where people are reached. No channel knows another one, or the database."""
