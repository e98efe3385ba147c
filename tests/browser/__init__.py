"""People in front of a real browser, who share one demonstration."""
