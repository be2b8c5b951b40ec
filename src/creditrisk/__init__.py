"""From dated records to a risk class A, B, C or D for every entity, with the uncertainty of each."""
