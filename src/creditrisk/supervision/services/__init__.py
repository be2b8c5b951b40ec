"""What follows from a class: measures, benefits and visits, the white list, and the way back to credit."""
