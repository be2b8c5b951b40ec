"""One self-contained page that a regulator can read and a statistician can check."""
