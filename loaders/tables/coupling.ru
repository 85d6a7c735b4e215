# Couplings: How one chain or node acts on another.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Coupling ;
    iis:couplingFrom ?from ;
    iis:couplingTo ?to ;
    iis:couplingKind ?kind ;
    iis:status ?actuality ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
