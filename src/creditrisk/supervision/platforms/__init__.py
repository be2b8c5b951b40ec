"""Answers to platforms on their merchants, usable but not visible (数据可用不可见)."""
