"""Payloads in documents: extracted, validated, tied into campaign trees of typed nodes."""
