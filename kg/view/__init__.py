"""To look at: pictures (`plots.py`), the report (`report/`) and the neighbourhood of a thing (`neighbourhood.py`)."""
