# Sources: title, authors, year, venue, DOI, licence and the SHA-256 of the text that was read.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?source {
  ?source a iis:Source ;
    rdfs:label ?label ;
    dcterms:title ?title ;
    dcterms:creator ?authors ;
    dcterms:date ?year ;
    iis:venue ?venue ;
    dcterms:identifier ?doi ;
    dcterms:license ?licence ;
    dcterms:subject ?keywords ;
    iis:received ?received ;
    iis:revised ?revised ;
    iis:accepted ?accepted ;
    iis:volume ?volume ;
    iis:issueNumber ?issue_number ;
    iis:pages ?pages ;
    iis:classification ?classification ;
    iis:sha256 ?sha256 .
} }
WHERE {
  BIND(STRLANG(?title, "en") AS ?label)
}
