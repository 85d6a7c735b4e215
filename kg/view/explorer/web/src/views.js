// The views in the order of their tabs.
import chain from "./views/chain/index.js";
import findings from "./views/findings/index.js";
import map from "./views/map/index.js";
import matrices from "./views/matrices/index.js";
import network from "./views/network/index.js";
import query from "./views/query/index.js";

export default [network, chain, map, matrices, findings, query];
