"""Findings from the graph, one idea a module. Which facts count is a query's matter; what follows from them is here."""
