"""The administrator's area: people, appointments, parties and what an office needs to work."""
