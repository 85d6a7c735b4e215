# Measures: What figures measure.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Measure ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    skos:definition ?meaning ;
    iis:formula ?formula .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(STRLANG(?definition, "en") AS ?meaning)
}
