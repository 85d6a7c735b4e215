# Figures: One figure per row, as said.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { GRAPH ?passage {
  ?this a iis:Observation , qb:Observation ;
    iis:subject ?subject ;
    iis:measure ?measure ;
    iis:ofProduct ?product ;
    iis:value ?value ;
    iis:upperValue ?upper ;
    iis:unit ?unit ;
    iis:comparator ?comparator ;
    iis:period ?period ;
    iis:population ?population ;
    iis:status ?actuality ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
