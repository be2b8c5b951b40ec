"""Monitoring points (风险监测点): what is found among all entities, and the alerts that come of it."""
