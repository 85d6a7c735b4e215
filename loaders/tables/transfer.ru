# Industrial transfers: Industries that move into or out of a place.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:IndustrialTransfer ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:transferDirection ?direction ;
    iis:counterpart ?counterpart ;
    iis:extent ?extent ;
    iis:status ?actuality ;
    iis:period ?period ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
