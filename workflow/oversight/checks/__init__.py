"""Checks: verification run from the auditor's seat, and its results kept."""
