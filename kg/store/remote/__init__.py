"""A graph elsewhere: any SPARQL 1.1 endpoint, asked within limits (`client.py`), and written to (`publish.py`)."""
