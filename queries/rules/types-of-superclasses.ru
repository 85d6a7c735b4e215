# What is of a class is of its superclasses within the ontology (OWL 2 RL, cax-sco).
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH derived:types-of-superclasses { ?thing a ?super } }
WHERE {
  GRAPH ?g { ?thing a ?class }
  GRAPH <https://w3id.org/iis-kg/ontology> { ?class rdfs:subClassOf+ ?super }
  FILTER(STRSTARTS(STR(?super), STR(iis:)))
  FILTER NOT EXISTS { GRAPH ?any { ?thing a ?super } }
}
