# Dependences on outside inputs: What a place gets from outside.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Dependence ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:dependsOn ?on ;
    iis:suppliedFrom ?from ;
    rdfs:label ?name .
} }
WHERE {
}
