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

async function start() {
  const [terms, quads] = [compressed("terms"), compressed("quads")];
  const meta = await json("meta");
  const unpackedTerms = new TextDecoder().decode(await unpacked(terms)).split("\n");
  const graph = new Graph(unpackedTerms, arrays(await unpacked(quads)), await columns("passages"), meta.prefixes);
  const network = new Network(await columns("nodes"), await columns("edges"));
  const texts = { en: {}, zh: {} };
  for (const each of [frameText, detailsText, ...views.map((view) => view.text)]) {
    for (const language of ["en", "zh"]) Object.assign(texts[language], each[language]);
  }
  const app = new App({ meta, graph, network, questions: await json("questions") }, texts);
  app.engine = new Engine(app, compressed("wasm"), terms, quads, meta.prefixes);
  frame(app, document.getElementById("app"));
  document.getElementById("boot").remove();
  embed(app, window.iisKgBoot.listener);
  window.iisKg = { app, queries: { ...answers, ...binding } };
  await app.engine.start();
}

start().catch((error) => {
  const boot = document.getElementById("boot");
  const place = boot ?? document.querySelector("[data-engine]");
  place.textContent = `${boot?.textContent ?? ""} (${error.message})`;
});
