# The steps by which development spills over: what radiates or is to; a core city to its agglomeration; an agglomeration,
# or a region to which something radiates, to those who take part in it; a city to its counties, a county to its towns.
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH derived:spillover-steps { ?source iis:spillsOverTo ?target } }
WHERE {
  {
    GRAPH ?g1 { ?source iis:radiatesTo|iis:toRadiateTo|iis:coreCityOf|^iis:nodeCityOf|^iis:keyCityOf ?target }
  } UNION {
    GRAPH ?g1 { ?target iis:memberOf ?source }
    { GRAPH ?g2 { ?source a iis:UrbanAgglomeration } } UNION { GRAPH ?g2 { ?from iis:radiatesTo|iis:toRadiateTo ?source } }
    FILTER NOT EXISTS { GRAPH ?g3 { ?target iis:coreCityOf ?source } }
  } UNION {
    VALUES (?outer ?inner) { (iis:City iis:County) (iis:County iis:Town) }
    GRAPH ?g1 { ?target iis:within ?source }
    GRAPH ?g2 { ?target a ?inner }
    GRAPH ?g3 { ?source a ?outer }
  } UNION {
    # A core city that is a municipality has its counties without a city between.
    GRAPH ?g1 { ?target iis:within ?source }
    GRAPH ?g2 { ?target a iis:County }
    GRAPH ?g3 { ?source iis:coreCityOf ?led }
    FILTER NOT EXISTS { GRAPH ?g4 { ?source a iis:City } }
  }
}
