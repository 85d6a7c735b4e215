# Answer options: Answers that a question allows.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:AnswerOption ;
    rdfs:label ?labelEn ;
    iis:optionOf ?question ;
    iis:order ?order ;
    iis:lowerBound ?low ;
    iis:upperBound ?high ;
    iis:excludedBound ?excluded .
} }
WHERE {
  BIND(STRLANG(?label, "en") AS ?labelEn)
}
