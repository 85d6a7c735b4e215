# Recommendations and strategies: What a document says should be done.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a ?type ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:aspect ?aspect ;
    iis:partOfStrategy ?strategy ;
    iis:concerns ?concerns ;
    iis:carriedOutBy ?actor ;
    iis:byMeansOf ?means ;
    iis:aimsAt ?aims_at ;
    iis:order ?order ;
    iis:status concept:recommended .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(IRI(CONCAT(STR(iis:), ?class)) AS ?type)
}
