# Who is a core, key or node city is a member; what feeds a stage is upstream of it (OWL 2 RL, prp-spo1).
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH derived:superproperties { ?subject ?super ?object } }
WHERE {
  GRAPH <https://w3id.org/iis-kg/ontology> { ?property rdfs:subPropertyOf ?super }
  FILTER(STRSTARTS(STR(?property), STR(iis:)) && STRSTARTS(STR(?super), STR(iis:)))
  GRAPH ?g { ?subject ?property ?object }
  FILTER NOT EXISTS { GRAPH ?any { ?subject ?super ?object } }
}
