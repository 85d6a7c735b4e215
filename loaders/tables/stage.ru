# Stages and functions: Nodes of chains in their order.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a ?type ;
    iis:nodeOf ?chain ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    iis:order ?order ;
    iis:feeds ?feeds ;
    iis:needs ?needs ;
    iis:correspondsTo ?corresponds_to .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(IRI(CONCAT(STR(iis:), ?class)) AS ?type)
}
