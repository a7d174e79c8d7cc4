"""Libraries of models; each folder registers one with the engine."""
