# Industries: Kinds of economic activity that documents speak of; correspondences lead them to classifications.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Industry , ?type ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    skos:broader ?broader .
} }
WHERE {
  BIND(IRI(CONCAT(STR(iis:), ?class)) AS ?type)
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
