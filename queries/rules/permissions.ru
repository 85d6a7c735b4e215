# Which permissions govern what is done where: a place is subject to the rules of the places that it is, lies in or takes
# part in; an industry counts as the wider ones, and a stage as the one that it is a statement of.
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH derived:permissions { ?unit iis:subjectTo ?unit } }
WHERE { GRAPH ?g1 { ?permission a iis:Permission ; iis:permissionOf ?unit } } ;

INSERT { GRAPH derived:permissions { ?place iis:subjectTo ?unit } }
WHERE {
  GRAPH derived:permissions { ?around iis:subjectTo ?unit }
  GRAPH ?g1 { ?place iis:within|iis:memberOf ?around }
} ;

INSERT { GRAPH derived:permissions { ?thing iis:countsAs ?thing } }
WHERE { GRAPH ?g1 { ?permission a iis:Permission ; iis:permits|iis:inIndustry ?thing } } ;

INSERT { GRAPH derived:permissions { ?narrower iis:countsAs ?thing } }
WHERE {
  GRAPH derived:permissions { ?wider iis:countsAs ?thing }
  GRAPH ?g1 { ?narrower skos:broader ?wider }
} ;

INSERT { GRAPH derived:permissions { ?stage iis:countsAs ?thing } }
WHERE {
  GRAPH ?g1 { ?permission a iis:Permission ; iis:permits ?thing }
  GRAPH ?g2 { ?stage iis:correspondsTo|^iis:correspondsTo ?thing }
} ;

INSERT { GRAPH derived:permissions { ?fact iis:governedBy ?permission } }
WHERE {
  GRAPH ?g1 { ?permission a iis:Permission ; iis:permissionOf ?unit ; iis:permits ?thing }
  GRAPH derived:permissions { ?place iis:subjectTo ?unit . ?own iis:countsAs ?thing }
  GRAPH ?g2 { ?fact iis:performs|iis:inIndustry ?own }
  {
    GRAPH ?g3 { ?fact iis:inPlace ?place }
  } UNION {
    # The place of the actor, where no other is said.
    GRAPH ?g3 { ?fact iis:performedBy ?actor }
    GRAPH ?g4 { ?actor iis:inPlace ?place }
    FILTER NOT EXISTS { GRAPH ?g5 { ?fact iis:inPlace ?stated } }
  }
  GRAPH ?g6 { ?fact a ?class } VALUES ?class { iis:Capability iis:RegionalIndustry iis:Cluster }
  # A permission of a stage may hold for one industry only.
  FILTER NOT EXISTS {
    GRAPH ?g1 { ?permission iis:inIndustry ?limit }
    FILTER NOT EXISTS {
      GRAPH ?g7 { ?fact iis:inIndustry ?kind }
      GRAPH derived:permissions { ?kind iis:countsAs ?limit }
    }
  }
}
