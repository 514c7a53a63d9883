// Prepares the plugins of plugins.json, which Folium's elements load, so that a site can carry them:
//
//   node plugins.mjs DIR   DIR/PACKAGE/NAME for each of a package's files, minified
//
// A script stays as it is written, for the page as a whole; a stylesheet has its pictures inside itself.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [outdir] = process.argv.slice(2);
const plugins = JSON.parse(readFileSync(join(here, "plugins.json"), "utf8"));

// The buttons of TimeDimension are letters of a font from elsewhere: our own stylesheet draws them (styles/folium.css).
const withoutFonts = {
  name: "without-fonts",
  setup({ onLoad }) {
    onLoad({ filter: /leaflet\.timedimension\.control\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/@font-face \{[^}]*\}/g, ""),
      loader: "css",
      resolveDir: dirname(path),
    }));
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
      plugins: isStylesheet ? [withoutFonts] : [],
      logLevel: "warning",
    });
  }
}
