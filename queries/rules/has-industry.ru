# A place has an industry at present if an actual regional industry says so.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH derived:has-industry { ?place iis:hasIndustry ?industry } }
WHERE {
  GRAPH ?g { ?regional iis:inPlace ?place ; iis:inIndustry ?industry ; iis:status concept:actual ; a iis:RegionalIndustry }
}
