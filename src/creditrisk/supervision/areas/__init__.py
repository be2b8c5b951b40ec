"""Where risk is: counts, rates and hot spots by region or grid cell (风险+定位)."""
