# Persons: Authors and other persons that a document names.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Person ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:affiliatedWith ?affiliation ;
    iis:hasRole ?role ;
    iis:ofField ?field ;
    iis:concerns ?concerns ;
    iis:order ?order .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
