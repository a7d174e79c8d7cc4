// Puts the linter of this checkout, and what it needs, into bundled/libs, for every version of Python that it runs on.
// The native parts of libcst are those of this platform; their names tell the versions of Python apart.
// uv does it: pip reads the conditions of requirements for its own Python alone.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const project = resolve("../..");
const target = resolve("bundled/libs");
const work = mkdtempSync(join(tmpdir(), "flake8-logits-bundle-"));

/** The uv that is named or installed, else one that is installed for this run. */
function findUv() {
  const named = process.env.UV ?? "uv";
  if (spawnSync(named, ["--version"]).status === 0) {
    return named;
  }
  const windows = process.platform === "win32";
  const folder = join(work, "uv");
  execFileSync(windows ? "python" : "python3", ["-m", "venv", folder]);
  const inside = join(folder, windows ? "Scripts" : "bin");
  execFileSync(join(inside, "python"), ["-m", "pip", "install", "--quiet", "uv"], { stdio: "inherit" });
  return join(inside, "uv");
}

const found = findUv();

function uv(...args) {
  execFileSync(found, [...args, "--quiet"], { stdio: "inherit" });
}

/** The versions of Python that the project names, the oldest first. */
function versions() {
  const named = readFileSync(join(project, "pyproject.toml"), "utf8").matchAll(/Python :: (3\.\d+)"/g);
  return [...named].map((match) => match[1]);
}

/** The folder that everything is installed into for a version of Python, with the releases of a folder before it. */
function installed(wheel, version, before) {
  const folder = join(work, version);
  const pinned = before === undefined ? [] : ["--constraint", pins(before)];
  uv("pip", "install", "--target", folder, "--python-version", version, "--only-binary", ":all:", ...pinned, `${wheel}[lsp]`);
  rmSync(join(folder, "bin"), { recursive: true, force: true });
  return folder;
}

/** A file that names the releases in a folder. */
function pins(folder) {
  const releases = readdirSync(folder).map((name) => /^(.+)-([^-]+)\.dist-info$/.exec(name));
  const others = releases.filter((found) => found !== null && found[1] !== "flake8_logits");
  const file = join(work, "constraints.txt");
  writeFileSync(file, others.map((found) => `${found[1]}==${found[2]}\n`).join(""));
  return file;
}

try {
  uv("build", "--wheel", "--out-dir", work, project);
  const wheel = join(work, readdirSync(work).find((name) => name.endsWith(".whl")));
  rmSync(target, { recursive: true, force: true });
  let oldest;
  for (const version of versions()) {
    const folder = installed(wheel, version, oldest);
    oldest ??= folder;
    cpSync(folder, target, { recursive: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
