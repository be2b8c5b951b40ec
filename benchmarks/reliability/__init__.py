"""How the library behaves when what it is given is broken."""
