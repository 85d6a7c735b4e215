# Surveys: Questionnaires and interview guides.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Survey ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:concerns ?concerns ;
    iis:carriedOutBy ?conducted_by ;
    iis:channel ?channel ;
    iis:respondents ?respondents ;
    iis:aimsAt ?aims_at ;
    iis:period ?period .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
