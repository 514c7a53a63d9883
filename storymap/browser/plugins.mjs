// Prepares the plugins of plugins.json, which Folium's elements load, so that a site can carry them:
//
//   node plugins.mjs DIR   DIR/PACKAGE/NAME for each of a package's files, minified
//
// A script stays as it is written, for the page as a whole; a stylesheet has its pictures inside itself.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [outdir] = process.argv.slice(2);
const plugins = JSON.parse(readFileSync(join(here, "plugins.json"), "utf8"));

// What is mended in a file on the way: what is wrong, and what stands there instead.
const MENDED = {
  // Its buttons are letters of a font from elsewhere: our own stylesheet draws them (styles/plugins.css).
  "leaflet.timedimension.control.css": [/@font-face \{[^}]*\}/g, ""],
  // Of a map whose lowest zoom is between two, it would show no marker that stands alone.
  "leaflet.markercluster.js": [/this\._group\._map\.getMinZoom\(\)/g, "Math.floor($&)"],
};

const mending = {
  name: "mending",
  setup({ onLoad }) {
    onLoad({ filter: /./ }, ({ path }) => {
      const [wrong, right] = MENDED[basename(path)] ?? [];
      if (!wrong) return undefined;
      const text = readFileSync(path, "utf8");
      if (text.search(wrong) < 0) throw new Error(`${basename(path)} has changed: nothing in it is ${wrong}`);
      return { contents: text.replace(wrong, right), loader: path.endsWith(".css") ? "css" : "js", resolveDir: dirname(path) };
    });
  },
};

for (const { package: name, files = {} } of plugins) {
  for (const [file, path] of Object.entries(files)) {
    const isStylesheet = file.endsWith(".css");
    await build({
      absWorkingDir: here,
      entryPoints: [join("node_modules", name, path)],
      outfile: join(outdir, name, file),
      bundle: isStylesheet,
      minify: true,
      charset: "utf8",
      legalComments: "none", // every licence travels in static/licenses and on each site's "about this map" page
      loader: { ".png": "dataurl", ".svg": "dataurl" },
      plugins: [mending],
      logLevel: "warning",
    });
  }
}
