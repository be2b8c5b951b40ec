"""An example service: one entity in, its class out."""
