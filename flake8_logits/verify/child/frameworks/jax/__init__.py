"""JAX: models of Flax, Equinox and Haiku are run on inputs that are made up, and jaxprs say what came last."""
