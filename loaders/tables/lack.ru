# Stated lacks: What a document says is missing, insufficient or weak.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Lack ;
    iis:lacks ?what ;
    iis:inPlace ?place ;
    iis:lackOf ?of ;
    iis:inIndustry ?industry ;
    iis:degree ?degree ;
    iis:extent ?extent ;
    rdfs:label ?name .
} }
WHERE {
}
