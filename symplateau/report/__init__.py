"""What people read: texts, tables and pictures of what was found."""
