# Assets: What a document says is there and strong: the counterpart of a lack.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Asset ;
    iis:assetOf ?of ;
    iis:consistsIn ?what ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:degree ?degree ;
    iis:extent ?extent ;
    iis:status ?actuality ;
    rdfs:label ?name .
} }
WHERE {
  BIND(COALESCE(?status, concept:actual) AS ?actuality)
}
