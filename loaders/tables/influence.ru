# Influences: Signed influences between factors.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Influence ;
    iis:influenceFrom ?from ;
    iis:influenceTo ?to ;
    iis:sign ?sign ;
    iis:status ?actuality ;
    iis:needsCondition ?condition ;
    iis:necessary ?isNecessary ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
  BIND(?necessary = "yes" AS ?isNecessary)
}
