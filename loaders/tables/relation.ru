# Relations: Plain relations between two things.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?subject ?property ?object .
} }
WHERE {
  FILTER(COALESCE(?status, concept:actual) = concept:actual)
  BIND(IRI(CONCAT(STR(iis:), ?relation)) AS ?property)
} ;

# What is only planned, recommended or expected is no relation yet, but a statement about one.
INSERT { GRAPH ?passage {
  ?this a iis:ProposedRelation ;
    rdf:subject ?subject ;
    rdf:predicate ?property ;
    rdf:object ?object ;
    iis:status ?status ;
    rdfs:label ?name .
} }
WHERE {
  FILTER(?status != concept:actual)
  BIND(IRI(CONCAT(STR(iis:), ?relation)) AS ?property)
} ;

# A remark stands beside the relation that it qualifies.
INSERT { GRAPH ?passage {
  ?this a rdf:Statement ;
    rdf:subject ?subject ;
    rdf:predicate ?property ;
    rdf:object ?object ;
    iis:remark ?remark ;
    rdfs:label ?name .
} }
WHERE {
  FILTER(BOUND(?remark))
  BIND(IRI(CONCAT(STR(iis:), ?relation)) AS ?property)
}
