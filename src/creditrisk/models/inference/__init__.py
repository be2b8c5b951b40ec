"""From training rows to draws: engines, the mode, the surrogate and its judge."""
