// The one script that the page's policy lets run: it unpacks the program, which lies in the page like the data, and
// starts it. Compressed, the program is less than half as large.
import { compressed, unpacked } from "./core/blocks.js";
import { listen } from "./embed/listen.js";

// The engine is compiled while the program is still read.
const module = unpacked(compressed("wasm")).then((bytes) => WebAssembly.compile(bytes));
module.catch(() => {}); // Loading the engine tells it.
window.iisKgBoot = { listener: listen(), module };

async function start() {
  const address = URL.createObjectURL(new Blob([await unpacked(compressed("program"))], { type: "text/javascript" }));
  const program = document.createElement("script");
  program.src = address;
  program.onload = () => URL.revokeObjectURL(address);
  document.body.append(program);
}

start().catch((error) => document.getElementById("boot").append(` (${error.message})`));
