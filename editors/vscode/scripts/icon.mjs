// Draws images/icon.png from images/icon.svg.
import { readFileSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";

const drawn = new Resvg(readFileSync("images/icon.svg", "utf8"), { fitTo: { mode: "width", value: 256 } }).render();
writeFileSync("images/icon.png", drawn.asPng());
