# Influences: Signed influences between factors.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Influence ;
    iis:influenceFrom ?from ;
    iis:influenceTo ?to ;
    iis:sign ?sign ;
    rdfs:label ?name .
} }
WHERE {
}
