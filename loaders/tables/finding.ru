# Findings: what was found, by which analysis with which parameters, how bad, on which passages.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH derived:findings {
  ?this a iis:Finding ;
    rdfs:label ?labelEn ;
    iis:findingKind ?findingKind ;
    iis:foundBy ?method ;
    iis:parameters ?parameters ;
    iis:about ?thing ;
    iis:severity ?howBad ;
    iis:explanation ?explanation ;
    prov:wasDerivedFrom ?passageOf ;
    iis:order ?order .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(IRI(CONCAT(STR(concept:), ?kind)) AS ?findingKind)
  BIND(xsd:decimal(?severity) AS ?howBad)
  BIND(IRI(?about) AS ?thing)
  BIND(IRI(?passages) AS ?passageOf)
}
