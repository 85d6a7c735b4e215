# Policies: Plans, laws, programmes and opinions that a body issued.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Policy ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:issuedBy ?issued_by ;
    iis:period ?period ;
    iis:concerns ?concerns ;
    iis:byMeansOf ?means ;
    iis:aimsAt ?aims_at ;
    iis:status ?status .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
