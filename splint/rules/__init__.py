"""What a rule is, and the registry of packs, readers and reporters."""
