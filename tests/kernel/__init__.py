"""Certificates spoiled one way at a time, and sealed again."""
