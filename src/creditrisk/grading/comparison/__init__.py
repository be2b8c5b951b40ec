"""What if: one policy against another on the same posterior, before anybody is affected."""
