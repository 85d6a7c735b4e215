# Industries of places: An industry in a place, with its role and whether it is there or ought to be.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:RegionalIndustry ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:hasRole ?role ;
    iis:status ?status ;
    rdfs:label ?name .
} }
WHERE {
}
