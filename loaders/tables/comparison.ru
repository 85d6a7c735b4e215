# Comparisons: What a document compares without giving both figures.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Comparison ;
    iis:subject ?subject ;
    iis:comparedIn ?aspect ;
    iis:comparison ?direction ;
    iis:comparedWith ?than ;
    iis:period ?period ;
    iis:remark ?remark ;
    rdfs:label ?name .
} }
WHERE {
}
