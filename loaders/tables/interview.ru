# Interviews: Whom a survey spoke to, how, how often and for how long.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Interview ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:partOfSurvey ?survey ;
    iis:interviewee ?actor ;
    iis:inPlace ?place ;
    iis:hasRole ?role ;
    iis:channel ?mode ;
    iis:concerns ?topics ;
    iis:times ?times ;
    iis:shortest ?shortest ;
    iis:longest ?longest ;
    iis:unit ?unit ;
    iis:period ?period .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
