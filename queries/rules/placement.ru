# Where a link belongs: a source that permits a stage in some places of a kind, and gives other uses to others of that
# kind, places it. What is recorded of a larger place around is too coarse to tell.
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>

INSERT { GRAPH derived:placement { ?fact iis:recordedAround ?permission } }
WHERE {
  GRAPH ?g1 { ?permission a iis:Permission ; iis:permissionOf ?unit ; iis:permits ?stage ; iis:degree concept:permitted }
  GRAPH derived:permissions { ?own iis:countsAs ?stage }
  GRAPH ?g2 { ?fact iis:performs ?own }
  GRAPH ?g3 { ?unit iis:within|iis:memberOf ?place }
  GRAPH ?g4 { ?fact iis:inPlace ?place }
  FILTER NOT EXISTS {
    GRAPH ?g1 { ?permission iis:inIndustry ?limit }
    FILTER NOT EXISTS {
      GRAPH ?g5 { ?fact iis:inIndustry ?kind }
      GRAPH derived:permissions { ?kind iis:countsAs ?limit }
    }
  }
} ;

INSERT { GRAPH derived:placement { ?fact iis:placedElsewhereThan ?permission } }
WHERE {
  GRAPH ?g1 { ?permission a iis:Permission ; iis:permissionOf ?unit ; iis:permits ?stage ; iis:degree concept:permitted }
  GRAPH derived:permissions { ?own iis:countsAs ?stage }
  GRAPH ?g2 { ?fact iis:performs ?own }
  GRAPH ?g3 { ?fact iis:inPlace ?place }
  GRAPH derived:permissions { ?place iis:subjectTo ?other }
  GRAPH ?g4 { ?rule a iis:Permission ; iis:permissionOf ?other }
  FILTER(?other != ?unit)
  # Of one kind, as they were declared, and of one source.
  GRAPH ?g5 { ?unit a ?class }
  GRAPH ?g6 { ?other a ?class }
  FILTER(derived:types-of-superclasses NOT IN (?g5, ?g6))
  OPTIONAL { GRAPH ?g7 { ?g1 oa:hasSource ?source } }
  OPTIONAL { GRAPH ?g8 { ?g4 oa:hasSource ?same } }
  FILTER(COALESCE(?source, ?g1) = COALESCE(?same, ?g4))
  FILTER NOT EXISTS {
    GRAPH ?g1 { ?permission iis:inIndustry ?limit }
    FILTER NOT EXISTS {
      GRAPH ?g9 { ?fact iis:inIndustry ?kind }
      GRAPH derived:permissions { ?kind iis:countsAs ?limit }
    }
  }
}
