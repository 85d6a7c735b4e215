# Passages: run for every row that has an anchor, after the mapping of its own table.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>

INSERT { GRAPH ?source {
  ?passage a iis:Passage , oa:SpecificResource ;
    iis:section ?section ;
    oa:hasSource ?source ;
    oa:hasSelector ?selector .
  ?selector a oa:TextQuoteSelector ;
    oa:exact ?anchor .
} }
WHERE {
  BIND(IRI(CONCAT(STR(?passage), ".selector")) AS ?selector)
  FILTER(BOUND(?anchor))
}
