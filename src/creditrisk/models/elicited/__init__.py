"""What a regulator believes before any data: points that become prior means."""

from creditrisk.models.elicited.table import PointsOfNumber, PointsTable

__all__ = ["PointsOfNumber", "PointsTable"]
