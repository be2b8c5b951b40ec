"""Values through a compiled scan: records are put in the order of their entities once, then read in place.

The engine that holds the records evaluates what belongs to a single row (filters, arithmetic, and from which
to which as-of date the row counts), one query a record type. Everything across rows is done here, for every
entity and every as-of date at once:

``span``      the as-of dates at which a record counts, as expressions of the engine
``rows``      what a measure may ask for; the twin of `creditrisk.indicators.events`
``sheet``     the columns of one record type, fetched and put in the order of the entities
``memory``    bytes at an address
``spine``     the entities and as-of dates to speak about
``kernels``   one compiled function for each way to aggregate
``run``       from a system and records to the table of indicators
"""
