"""The queue, the page to decide on, and the receipt of a decision."""
