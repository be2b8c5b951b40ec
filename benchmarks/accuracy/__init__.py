"""How well the models predict what came later, on records that nobody here made up."""
