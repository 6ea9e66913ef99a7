"""Which findings do not count: settings, comments and the baseline."""
