// Start: unpack the data, make the frame, show the view that the address names, load the engine.
import { App } from "./core/app.js";
import { arrays, columns, compressed, json, unpacked } from "./core/blocks.js";
import { Graph } from "./core/graph.js";
import { Network } from "./core/network.js";
import frameText from "./core/text.js";
import { text as detailsText } from "./details/index.js";
import { embed } from "./embed/index.js";
import { Engine } from "./engine/client.js";
import { frame } from "./frame.js";
import * as answers from "./views/query/answers.js";
import * as binding from "./views/query/bind.js";
import views from "./views.js";

const NONE = new Uint32Array(0);
const PASSAGES = { passage: NONE, source: NONE, section: NONE, anchor: NONE };
const NODES = { term: NONE, kind: NONE, class: NONE, status: NONE, x: NONE, y: NONE, degree: NONE, community: NONE, pagerank: new Float32Array(0) };
const EDGES = { source: NONE, target: NONE, property: NONE, status: NONE, via: NONE, belongs: NONE };
const META = { quads: 0, nodes: 0, sources: 0, passages: 0, prefixes: {} };

async function start() {
  // The engine unpacks and loads in a worker of its own: it is given its bytes before the page unpacks the same.
  const [terms, quads] = [compressed("terms"), compressed("quads")];
  const engine = new Engine(window.iisKgBoot.module, terms, quads);
  const loading = engine.start();
  loading.catch(() => {}); // It is told where the frame has a place for it.
  const [metaRead, questions, passages, nodes, edges, texts, numbers] = await Promise.all([
    json("meta"), json("questions"), columns("passages"), columns("nodes"), columns("edges"), unpacked(terms), unpacked(quads), engine.begun(),
  ]);
  const meta = { ...META, ...metaRead };
  const graph = new Graph(new TextDecoder().decode(texts).split("\n"), arrays(numbers), passages ?? PASSAGES, meta.prefixes);
  const network = new Network(nodes ?? NODES, edges ?? EDGES);
  const app = new App({ meta, graph, network, questions: questions ?? [], engine }, words());
  engine.join(app, meta.prefixes);
  frame(app, document.getElementById("app"));
  document.getElementById("boot").remove();
  embed(app, window.iisKgBoot.listener);
  window.iisKg = { app, queries: { ...answers, ...binding } };
  await loading;
}

/** The texts of the page and of all views, by language. */
function words() {
  const texts = { en: {}, zh: {} };
  for (const each of [frameText, detailsText, ...views.map((view) => view.text)]) {
    for (const language of ["en", "zh"]) Object.assign(texts[language], each[language]);
  }
  return texts;
}

start().catch((error) => {
  const boot = document.getElementById("boot");
  const place = boot ?? document.querySelector("[data-engine]");
  place.textContent = `${boot?.textContent ?? ""} (${error.message})`;
});
