"""From records to numbers: indicators, the systems that they belong to, and their extraction.

Start with `load.load_system` and `extractor.IndicatorExtractor`; measures stand one a file in `measures`.
"""
