# Correspondences: Which class of a classification an industry matches, as a node that tells who says so, and as SKOS.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a iis:Correspondence ;
    iis:correspondenceFrom ?industry ;
    iis:correspondenceTo ?class ;
    iis:matchKind ?kind ;
    iis:judgedBy ?judge ;
    rdfs:label ?name .
  ?industry ?property ?class .
} }
WHERE {
  VALUES (?match ?property ?kind) {
    ("exact" skos:exactMatch concept:exact-match)
    ("broader" skos:broadMatch concept:broader-match)
    ("narrower" skos:narrowMatch concept:narrower-match)
    ("close" skos:closeMatch concept:close-match)
  }
  BIND(IRI(CONCAT(STR(concept:), ?judged_by)) AS ?judge)
}
