"""Reports: located findings, the wording and masking of messages, and a reporter for each output format."""
