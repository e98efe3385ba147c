"""Donors and private partners: until when each is vetted, what it agreed to, and the sanctions lists."""
