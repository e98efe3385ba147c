"""The forecast of a lifecycle in the browser."""
