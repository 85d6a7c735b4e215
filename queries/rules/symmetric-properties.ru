# What borders or cooperates does so both ways (OWL 2 RL, prp-symp).
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { GRAPH derived:symmetric-properties { ?b ?property ?a } }
WHERE {
  GRAPH <https://w3id.org/iis-kg/ontology> { ?property a owl:SymmetricProperty }
  GRAPH ?g { ?a ?property ?b }
  FILTER NOT EXISTS { GRAPH ?any { ?b ?property ?a } }
}
