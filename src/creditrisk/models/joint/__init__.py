"""Violation and loss as one posterior: regions and sectors that violate more may violate worse."""
