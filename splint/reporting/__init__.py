"""Reports: findings with their lines, the words and masks they share, and a reporter for each output format."""
