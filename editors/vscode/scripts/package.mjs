// Packs the extension for this platform, whose native libraries are bundled.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, dirname } from "node:path";

const vsce = join(dirname(createRequire(import.meta.url).resolve("@vscode/vsce/package.json")), "vsce");
const target = `${process.platform}-${process.arch}`;
const args = ["package", "--no-dependencies", "--target", target, "--out", "flake8-logits.vsix", ...process.argv.slice(2)];
execFileSync(process.execPath, [vsce, ...args], { stdio: "inherit" });
