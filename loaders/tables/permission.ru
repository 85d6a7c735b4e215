# Permissions: What a place or ecological unit permits, restricts or forbids.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Permission ;
    iis:permissionOf ?place ;
    iis:permits ?permits ;
    iis:inIndustry ?industry ;
    iis:degree ?degree ;
    iis:status ?status ;
    rdfs:label ?name .
} }
WHERE {
}
