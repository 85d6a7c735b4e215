# Measurements: what a measure gave, one number a row, with its formula, convention and options.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH derived:measurements {
  ?this a iis:Observation , qb:Observation ;
    rdfs:label ?labelEn ;
    iis:subject ?subject ;
    iis:measure ?measure ;
    iis:inIndustry ?industry ;
    iis:comparedWith ?compared ;
    iis:concerns ?other ;
    iis:value ?number ;
    iis:unit ?unit ;
    iis:comparator concept:exact ;
    iis:period ?period ;
    iis:computation ?computation ;
    iis:status concept:actual .
  ?measure a iis:Measure ;
    rdfs:label ?measureEn ;
    skos:definition ?conventionEn ;
    iis:formula ?formula ;
    dcterms:bibliographicCitation ?references .
  ?subject rdfs:label ?subject_label .
  ?industry rdfs:label ?industry_label .
  ?compared rdfs:label ?compared_label .
  ?other rdfs:label ?other_label .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
  BIND(STRLANG(?measure_label, "en") AS ?measureEn)
  BIND(STRLANG(?convention, "en") AS ?conventionEn)
  BIND(xsd:decimal(?value) AS ?number)
}
