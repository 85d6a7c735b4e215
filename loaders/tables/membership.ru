# Memberships: Which place takes part in which agglomeration, region or zone, and in which role.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?place ?property ?region .
} }
WHERE {
  FILTER(COALESCE(?status, concept:actual) = concept:actual)
  BIND(IRI(CONCAT(STR(iis:), ?role)) AS ?property)
} ;

# What is only planned, recommended or expected is no relation yet, but a statement about one.
INSERT { GRAPH ?passage {
  ?this a iis:ProposedRelation ;
    rdf:subject ?place ;
    rdf:predicate ?property ;
    rdf:object ?region ;
    iis:status ?status ;
    rdfs:label ?name .
} }
WHERE {
  FILTER(?status != concept:actual)
  BIND(IRI(CONCAT(STR(iis:), ?role)) AS ?property)
}
