// The one script that the page's policy lets run: it unpacks the program, which lies in the page like the data, and
// starts it. Compressed, the program is less than half as large.
import { compressed, unpacked } from "./core/blocks.js";
import { listen } from "./embed/listen.js";

window.iisKgBoot = { listener: listen() };

async function start() {
  const address = URL.createObjectURL(new Blob([await unpacked(compressed("program"))], { type: "text/javascript" }));
  const program = document.createElement("script");
  program.src = address;
  program.onload = () => URL.revokeObjectURL(address);
  document.body.append(program);
}

start().catch((error) => document.getElementById("boot").append(` (${error.message})`));
