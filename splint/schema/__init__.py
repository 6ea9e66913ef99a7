"""The fields that TikTok's endpoints take: the generated table, the kinds of fields, and JSON Schemas."""
