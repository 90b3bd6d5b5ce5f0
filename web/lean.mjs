// Builds MapLibre from its sources: as it is published, the map and its worker each hold what they
// share, 1.6 MB in all. What the desk's map never does stays out: it reads no MapLibre tiles, and
// since it draws no letters it puts none in order from right to left.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("node_modules/maplibre-gl/", import.meta.url));
const matrices = /^import \{([^}]*)\} from 'gl-matrix';$/gm;
const unused = /^(@maplibre\/mlt|bidi-js)$/;

/** Returns the path of one of MapLibre's sources. */
export const source = (path) => `${root}src/${path}`;

export const lean = {
  name: "lean",
  setup(build) {
    build.onResolve({ filter: /^maplibre-gl$/ }, () => pure(source("index.ts")));
    build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({
      contents: "module.exports = () => ({});",
    }));
    // Its modules say that they do things when imported; all they do is register what they export.
    build.onResolve({ filter: /^\.\.?\// }, async ({ path, pluginData, ...asked }) => {
      if (pluginData === lean || !asked.importer.startsWith(root)) return undefined;
      const found = await build.resolve(path, { ...asked, pluginData: lean });
      return found.errors.length ? found : pure(found.path);
    });
    // Imported by their modules, only the functions that are called come along.
    build.onLoad({ filter: /maplibre-gl[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(matrices, (_, names) => {
        const each = names.split(",").map((name) => name.trim()).filter((name) => !name.includes(" "));
        return each.map((name) => `import * as ${name} from "gl-matrix/esm/${name}.js";`).join(" ");
      });
      return { contents, loader: "ts" };
    });
    build.onLoad({ filter: /maplibre-gl[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

function pure(path) {
  return { path, sideEffects: false };
}
