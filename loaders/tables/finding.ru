# Findings: what was found, by which query with which parameters, on which passages.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH derived:findings {
  ?this a iis:Finding ;
    rdfs:label ?labelEn ;
    iis:findingKind ?findingKind ;
    iis:foundBy ?query ;
    iis:parameters ?parameters ;
    iis:about ?thing ;
    iis:restsOn ?passageOf ;
    iis:order ?order .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(IRI(CONCAT(STR(concept:), ?kind)) AS ?findingKind)
  BIND(IRI(?about) AS ?thing)
  BIND(IRI(?passages) AS ?passageOf)
}
