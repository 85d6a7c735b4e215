# Organisations: Enterprises, universities, banks, markets, bases and others that a document names.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a ?type ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:inPlace ?place ;
    iis:inIndustry ?industry ;
    iis:subsidiaryOf ?parent ;
    iis:status ?status ;
    iis:remark ?remark .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(IRI(CONCAT(STR(iis:), ?class)) AS ?type)
}
