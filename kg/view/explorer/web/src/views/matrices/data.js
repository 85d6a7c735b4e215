// The matrices as the page holds them, read once; kg/view/explorer/matrices.py says what each list is.
import { json } from "../../core/blocks.js";

let reading = null;

/** A promise of {gaps, overlap, fields}. */
export function load() {
  reading ??= json("matrices");
  return reading;
}
