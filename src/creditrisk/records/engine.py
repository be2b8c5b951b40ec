"""The types of the query engine, named once; Ibis itself is untyped for us."""

from typing import Any

type IbisTable = Any
type IbisValue = Any
type IbisBoolean = Any
type IbisConnection = Any
