"""Child cases as they stand: what each was opened for, and what a round of their parent waits for."""
