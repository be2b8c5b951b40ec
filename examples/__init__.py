"""Examples of use; no part of the package."""
