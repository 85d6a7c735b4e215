# Positions: What a place or thing is held to be: a base, a hub, a cradle, a gateway, the core of a system.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Positioning ;
    iis:subject ?subject ;
    iis:positionedAs ?as ;
    iis:concerns ?for ;
    iis:among ?among ;
    iis:recognisedBy ?by ;
    iis:period ?period ;
    iis:status ?actuality ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
