"""The pages of notices: what one was told, and how one wants to be told by mail."""
