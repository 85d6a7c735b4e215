"""A graph elsewhere: any SPARQL 1.1 endpoint, asked within limits of our own (`client.py`) and written to (`publish.py`)."""
