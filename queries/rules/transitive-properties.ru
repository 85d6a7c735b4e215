# Nesting and the order of stages reach through (OWL 2 RL, prp-trp).
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { GRAPH derived:transitive-properties { ?a ?property ?c } }
WHERE {
  GRAPH <https://w3id.org/iis-kg/ontology> { ?property a owl:TransitiveProperty }
  GRAPH ?g1 { ?a ?property ?b }
  GRAPH ?g2 { ?b ?property ?c }
  FILTER NOT EXISTS { GRAPH ?any { ?a ?property ?c } }
}
