# Studies: Literature whose content the text tells.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Study ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    dcterms:creator ?authors ;
    dcterms:date ?year ;
    iis:concerns ?concerns ;
    iis:conclusion ?finding ;
    iis:aimsAt ?aims_at ;
    iis:caseOf ?case ;
    iis:uses ?methods ;
    iis:hasReason ?reasons .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
}
