# What is only to radiate, as a relation of its own, so that a path can lead over it and no one takes it for a fact.
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

INSERT { GRAPH derived:proposed-radiation { ?source iis:toRadiateTo ?target } }
WHERE {
  GRAPH ?passage { ?statement a iis:ProposedRelation ; rdf:subject ?source ; rdf:predicate iis:radiatesTo ; rdf:object ?target }
}
