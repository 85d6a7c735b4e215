# Places: Administrative places, regions, agglomerations, parks, zones, ecological units.
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage {
  ?this a ?type ;
    rdfs:label ?labelEn , ?labelZh ;
    skos:altLabel ?aliases ;
    skos:notation ?code ;
    iis:within ?within ;
    iis:tier ?tier ;
    iis:latitude ?latitude ;
    iis:longitude ?longitude ;
    geo:hasGeometry ?point ;
    rdfs:seeAlso ?entry ;
    iis:status ?status ;
    iis:remark ?remark .
  ?point a geo:Geometry ;
    geo:asWKT ?wkt .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?label_zh, "zh") AS ?labelZh)
  BIND(IRI(CONCAT(STR(iis:), ?class)) AS ?type)
  # WKT gives longitude before latitude: https://www.ogc.org/standards/geosparql (CRS84, its default).
  BIND(STRDT(CONCAT("POINT(", STR(?longitude), " ", STR(?latitude), ")"), geo:wktLiteral) AS ?wkt)
  BIND(IRI(CONCAT(STR(?this), IF(isLiteral(?wkt), ".point", ""))) AS ?point)
  BIND(IRI(CONCAT("https://sws.geonames.org/", ?geonames, "/")) AS ?entry)
}
