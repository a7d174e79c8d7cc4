"""The frameworks that a model can be built in; each is a module or a folder here that ``registered`` names."""
