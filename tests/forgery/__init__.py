"""Forgeries: certificates spoiled one way at a time and sealed again, and what the kernel may say of them."""
