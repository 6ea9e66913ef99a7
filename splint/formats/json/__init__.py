"""JSON, JSON with comments and NDJSON."""
