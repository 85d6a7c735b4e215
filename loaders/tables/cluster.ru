# Industrial clusters: Clusters with their place, field, mode and the conditions that hold of them.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Cluster ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:inClusterField ?field ;
    iis:inMode ?mode ;
    iis:hasCondition ?conditions ;
    iis:recognition ?recognition .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
