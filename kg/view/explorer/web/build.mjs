// Builds ../assets from these sources: `npm ci && npm run build`. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const assets = process.argv[2] ?? join(here, "..", "assets");
const target = ["chrome96", "firefox113", "safari16.4"];
const shared = { absWorkingDir: here, bundle: true, minify: true, write: false, target, charset: "utf8", legalComments: "none" };

async function script(entry, plugins = []) {
  const built = await esbuild.build({ ...shared, entryPoints: [entry], format: "iife", plugins, metafile: true });
  if (built.warnings.length) throw new Error(built.warnings.map((warning) => warning.text).join("\n"));
  return { text: built.outputFiles[0].text, inputs: Object.keys(built.metafile.inputs) };
}

// The worker is a text within the page's script, so that it can be started from a blob.
const worker = await script("src/engine/worker.js", [{
  name: "no-address-of-the-module",
  setup(build) {
    // The engine's glue would look for its file beside the script; the page hands it over instead.
    build.onLoad({ filter: /oxigraph[\\/]web\.js$/ }, (args) => ({
      contents: readFileSync(args.path, "utf8").replace(/new URL\('web_bg\.wasm', import\.meta\.url\)/, "undefined"),
    }));
  },
}]);
const page = await script("src/main.js", [{
  name: "worker-as-text",
  setup(build) {
    build.onResolve({ filter: /^worker:engine$/ }, () => ({ path: "engine", namespace: "worker" }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker.text, loader: "text" }));
  },
}]);

const sheets = readdirSync(join(here, "src"), { recursive: true }).filter((name) => name.endsWith(".css")).sort();
const css = sheets.map((name) => readFileSync(join(here, "src", name), "utf8")).join("\n");
const style = (await esbuild.transform(css, { loader: "css", minify: true, target, charset: "utf8" })).code.trim();

const boot = await script("src/boot.js");
const code = boot.text.trim();
if (code.includes("</script")) throw new Error("the script would end itself");
const program = gzipSync(page.text.trim(), { level: 9 }).toString("base64");
const digest = createHash("sha256").update(code).digest("base64");
const policy = [
  "default-src 'none'", `script-src 'sha256-${digest}' 'wasm-unsafe-eval' blob:`, "worker-src blob:",
  "style-src 'unsafe-inline'", "img-src data: blob:", "connect-src 'none'", "base-uri 'none'", "form-action 'none'",
].join("; ");
const html = readFileSync(join(here, "src", "page.html"), "utf8")
  .replace("{{policy}}", () => policy).replace("{{style}}", () => style).replace("{{program}}", () => program)
  .replace("{{script}}", () => code);

const wasm = readFileSync(join(here, "node_modules", "oxigraph", "web_bg.wasm"));
const bundled = new Set([...page.inputs, ...worker.inputs].map((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1]).filter(Boolean));
const licences = [...bundled].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(file ? join(folder, file) : join(here, "licences", `${name.replace("/", "-")}.txt`), "utf8");
  return `${name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}).join(`\n${"-".repeat(80)}\n\n`);

rmSync(assets, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
writeFileSync(join(assets, "explorer.html"), html);
writeFileSync(join(assets, "oxigraph.wasm.gz"), gzipSync(wasm, { level: 9 }));
writeFileSync(join(assets, "LICENCES.txt"), licences);
