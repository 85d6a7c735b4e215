# Capabilities: Who, or which place, performs a stage or function, at which segment, how well, and whether now.
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { GRAPH ?passage {
  ?this a iis:Capability ;
    iis:performs ?stage ;
    iis:inPlace ?place ;
    iis:performedBy ?actor ;
    iis:inIndustry ?industry ;
    iis:segment ?segment ;
    iis:strength ?strength ;
    iis:extent ?extent ;
    iis:status ?status ;
    rdfs:label ?name .
} }
WHERE {
}
