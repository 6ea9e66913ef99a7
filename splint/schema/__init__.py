"""What TikTok's endpoints take: the generated table of fields, their kinds, and JSON Schemas."""
