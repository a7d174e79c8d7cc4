"""Random bytes for every door through which a stranger's bytes come in."""
