# Every figure in the base unit of its unit, beside the one said.
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH derived:normalised-values { ?observation iis:normalisedValue ?normalised ; iis:normalisedUnit ?base } }
WHERE {
  GRAPH ?g1 { ?observation iis:value ?value ; iis:unit ?unit }
  GRAPH <https://w3id.org/iis-kg/ontology> { ?unit iis:factor ?factor ; iis:baseUnit ?base }
  BIND(?value * ?factor AS ?normalised)
}
