"""Shell scripts with curl commands."""
