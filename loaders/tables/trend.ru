# Trends: What rises, falls or stays, without the figures of two moments.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Trend ;
    iis:subject ?subject ;
    iis:trendOf ?measure ;
    iis:trendDirection ?direction ;
    iis:strength ?strength ;
    iis:period ?period ;
    iis:status ?actuality ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
