"""From the posterior to a class: cuts, rules (direct determination) and reasons."""
