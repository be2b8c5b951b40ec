"""From class to action, and back to labels: who is inspected, and what that says about everybody."""
