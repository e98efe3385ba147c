"""The auditor's seat: histories across cases, the past as it stood, samples, reviews and checks."""
