# Vocabulary concepts carry skos:prefLabel; everything in the graph can be read by rdfs:label.
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH derived:labels-of-concepts { ?concept rdfs:label ?label } }
WHERE { GRAPH ?g { ?concept skos:prefLabel ?label } }
