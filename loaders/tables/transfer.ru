# Industrial transfers: Industries that move into or out of a place.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:IndustrialTransfer ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:transferDirection ?direction ;
    iis:period ?period ;
    rdfs:label ?name .
} }
WHERE {
}
