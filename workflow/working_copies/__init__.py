"""What people are writing and have not sent: their own words, outside of the trail, until they send them."""
