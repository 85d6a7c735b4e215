# The formation stage of a cluster follows from its conditions, as its defined classes in ontology/cluster.ttl say; the
# reasoner finds the same (OWL 2 RL, cls-hv2 and cls-svf1).
PREFIX concept: <https://w3id.org/iis-kg/id/concept/>
PREFIX derived: <https://w3id.org/iis-kg/derived/>
PREFIX iis: <https://w3id.org/iis-kg/ontology#>

INSERT { GRAPH derived:cluster-stages { ?cluster a iis:MassiveEconomy } }
WHERE {
  GRAPH ?g1 { ?cluster a iis:Cluster }
  GRAPH ?g2 { ?cluster iis:hasCondition concept:location-agglomeration }
} ;
INSERT { GRAPH derived:cluster-stages { ?cluster a iis:PrimaryCluster } }
WHERE {
  GRAPH ?g1 { ?cluster a iis:MassiveEconomy }
  GRAPH ?g2 { ?cluster iis:hasCondition concept:complete-main-chain }
  GRAPH ?g3 { ?cluster iis:hasCondition concept:industrial-network }
} ;
INSERT { GRAPH derived:cluster-stages { ?cluster a iis:IntermediateCluster } }
WHERE {
  GRAPH ?g1 { ?cluster a iis:PrimaryCluster }
  GRAPH ?g2 { ?cluster iis:hasCondition ?direction }
  GRAPH ?g3 { ?direction a iis:UpgradingDirection }
} ;
INSERT { GRAPH derived:cluster-stages { ?cluster a iis:ModernCluster } }
WHERE {
  GRAPH ?g1 { ?cluster a iis:IntermediateCluster }
  GRAPH ?g2 { ?cluster iis:hasCondition concept:specialised-services }
}
