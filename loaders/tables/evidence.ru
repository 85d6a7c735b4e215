# Evidence: how a row came to its numbers and names, or which reference gives it; run for every row, after its own table.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH ?passage {
  ?subject iis:computation ?computed ;
    iis:normalisation ?normalised ;
    iis:citedSource ?cites ;
    iis:saidBy ?said_by ;
    iis:origin ?origin .
} }
WHERE {
  # A row that made no thing of its own, such as a plain relation, is told of by its passage.
  BIND(IF(BOUND(?this) && EXISTS { GRAPH ?passage { ?this a ?type } }, ?this, ?passage) AS ?subject)
}
