// Builds the browser half of storymap.
//
//   node build.mjs bundle [--outdir DIR]   DIR/storymap.js and those that draw more, DIR/whole.js, DIR/guest.js, DIR/atlas.js, DIR/reading.js, DIR/sharing.js, DIR/media.js, DIR/viewer.js and DIR/preview.js (classic scripts),
//                                          DIR/search/*.js, and DIR/*.css; prints which packages are in them, so that each one's licence
//                                          can travel along
//   node build.mjs test [NAME …]           bundles test/**/*.test.ts and runs them with Node's test runner;
//                                          bundled, because Node 20 does not read TypeScript
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { build } from "esbuild";
import { minify } from "terser";

import { modernLeaflet } from "./leaflet.mjs";

const here = dirname(fileURLToPath(import.meta.url));

// Leaflet's stylesheet points at pictures beside it; inlined, the two files stay the whole bundle.
const assetLoaders = { ".png": "dataurl", ".svg": "dataurl" };

// Where the map stands beside the text, and where above it: on a phone that lies on its side there is room for both.
const CUSTOM_MEDIA = {
  "(--beside)": "(width >= 900px), (width >= 640px) and (height < 560px)",
  "(--above)": "(width < 640px), (width < 900px) and (height >= 560px)",
};

/** Custom media of stylesheets, which no browser knows yet. */
const customMedia = {
  name: "custom-media",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.css$/ }, ({ path }) => {
      const written = Object.entries(CUSTOM_MEDIA).reduce((text, [name, media]) => text.replaceAll(name, media), readFileSync(path, "utf8"));
      return { contents: written, loader: "css" };
    });
  },
};

// Leaflet's inner names begin with this, but for those that it puts together or leaves on elements.
const INNER = /^_(?!leaflet)/;

// Those of them that tests in a browser watch a map by.
const WATCHED = ["_flyToFrame", "_move", "_moveEnd"];

/** The languages whose words have stems, by the names that the package has for them; Czech is ours. */
const STEMMED = {
  ar: "arabic", bg: "bulgarian", da: "danish", de: "german", el: "greek", en: "english", es: "spanish", fi: "finnish",
  fr: "french", hu: "hungarian", it: "italian", nb: "norwegian", nl: "dutch", no: "norwegian", pt: "portuguese",
  ro: "romanian", ru: "russian", sv: "swedish", tr: "turkish", uk: "ukrainian",
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { outdir: { type: "string", default: join(here, "..", "static") } },
});
const [command, ...names] = positionals;

if (command === "bundle") {
  await bundleForPages(values.outdir);
} else if (command === "test") {
  process.exitCode = await runTests(names);
} else {
  console.error("usage: node build.mjs bundle [--outdir DIR] | test [NAME …]");
  process.exitCode = 2;
}

async function bundleForPages(outdir) {
  const shared = {
    absWorkingDir: here,
    outdir,
    bundle: true,
    minify: true,
    metafile: true,
    target: "es2020",
    charset: "utf8",
    legalComments: "none", // every licence travels in static/licenses and on each site's "about this map" page
    loader: assetLoaders,
    logLevel: "warning",
  };
  // A classic script, not a module: browsers refuse modules on a page opened from disk.
  // Leaflet as a module is lighter than the script that first asks what may load it.
  const alias = { leaflet: "leaflet/dist/leaflet-src.esm.js" };
  // A page loads the lightest script that draws what it shows (`storymap/layers/kinds.py`). With tiles of others, or with
  // elements of Folium's own, it is that with all of Leaflet; maps that are not ours and have a layer of ours load `guest`.
  const scripts = [];
  for (const name of ["main", "ways", "areas", "points", "data", "layers", "whole", "guest", "atlas", "streets"]) {
    const complete = ["whole", "guest"].includes(name);
    const plugins = [modernLeaflet({ complete })];
    const entryPoints = { [name === "main" ? "storymap" : name]: `src/${name}.ts` };
    scripts.push(await build({ ...shared, alias, entryPoints, format: "iife", plugins }));
    await squeeze(join(outdir, `${Object.keys(entryPoints)[0]}.js`), { closed: !complete });
  }
  // What few readers need is loaded when they do, with stylesheets of its own.
  const asked = await build({
    ...shared,
    entryPoints: { reading: "src/reading.ts", sharing: "src/sharing.ts" },
    format: "iife",
    loader: { ...assetLoaders, ".css": "text" },
  });
  const media = await build({
    ...shared,
    entryPoints: { media: "src/media.ts", viewer: "src/viewer.ts" },
    format: "iife",
    loader: { ...assetLoaders, ".css": "text" },
  });
  // What `storymap serve` adds to each page; a site that is built has nothing of it.
  const preview = await build({
    ...shared,
    entryPoints: { preview: "src/preview/main.ts" },
    format: "iife",
    loader: { ...assetLoaders, ".css": "text" },
  });
  const search = await bundleSearch(shared);
  // The palette is also a file of its own: every still carries it. Stories have besides those of `data`, `pictures` (on
  // the ground) and `ways` that their maps show, `media` for pictures, and `played` for sound, film and frames; `folium` is
  // for pages with Folium's own elements, `guest` for maps that are not ours.
  const styles = {
    storymap: "src/styles/main.css",
    story: "src/styles/story-page.css",
    data: "src/styles/data.css",
    pictures: "src/styles/pictures.css",
    ways: "src/styles/ways.css",
    palette: "src/styles/palette.css",
    folium: "src/styles/folium.css",
    guest: "src/styles/guest.css",
    media: "src/styles/media.css",
    played: "src/styles/played.css",
  };
  const style = await build({ ...shared, entryPoints: styles, plugins: [customMedia] });
  console.log(JSON.stringify({ packages: namePackages(...scripts.map(({ metafile }) => metafile), ...search, asked.metafile, media.metafile, preview.metafile, style.metafile) }));
}

/** What a reader loads who searches: the dialog and what finds, and the stems of each language that a site has. */
async function bundleSearch(shared) {
  const give = (lang, from) => `import { ${from.name} as stem } from "${from.file}"; window.storymapSearch.stem("${lang}", stem);`;
  const entries = {
    cs: { name: "stemCzech", file: "./src/search/czech" },
    ...Object.fromEntries(Object.entries(STEMMED).map(([lang, name]) => [lang, { name: "stemmer", file: `@orama/stemmers/${name}` }])),
  };
  const outdir = join(shared.outdir, "search");
  const dialog = await build({
    ...{ ...shared, outdir, format: "iife", entryPoints: { search: "src/search/main.ts" } },
    loader: { ...assetLoaders, ".css": "text" },
  });
  await squeeze(join(outdir, "search.js"), { closed: false });
  const stems = await Promise.all(Object.entries(entries).map(([lang, from]) => build({
    ...{ ...shared, outdir: undefined, outfile: join(outdir, `stem-${lang}.js`), format: "iife" },
    stdin: { contents: give(lang, from), resolveDir: here, sourcefile: `stem-${lang}.ts`, loader: "ts" },
  })));
  return [dialog, ...stems].map(({ metafile }) => metafile);
}

/**
 * What every page loads is minified once more: terser folds what esbuild, which is quick, leaves, 2 kB compressed. Where
 * the script is `closed`, so that no plugin reaches into Leaflet, its inner names are shortened, too: 1.5 kB.
 */
async function squeeze(path, { closed }) {
  const { code } = await minify(readFileSync(path, "utf8"), {
    ecma: 2020,
    // No function that is a method or an arrow here is made an instance of with `new`, and no getter does anything.
    compress: { passes: 3, unsafe_methods: true, unsafe_arrows: true, pure_getters: true },
    mangle: { properties: closed && { regex: INNER, reserved: WATCHED } },
  });
  writeFileSync(path, code);
}

function namePackages(...metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs)).flatMap((output) =>
    Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  );
  const names = inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** Returns the exit status of the test run. */
async function runTests(wanted) {
  const tests = findTests(join(here, "test")).filter(
    (path) => wanted.length === 0 || wanted.some((name) => path.includes(name)),
  );
  if (tests.length === 0) {
    console.error("no test/**/*.test.ts found");
    return 1;
  }
  const cache = join(here, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  // Inside node_modules, so that packages left outside the bundle are still found.
  const outdir = mkdtempSync(join(cache, "storymap-test-"));
  try {
    await build({
      absWorkingDir: here,
      entryPoints: tests,
      outbase: join(here, "test"),
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      mainFields: ["module", "main"],
      external: ["typescript"], // it looks for its own files beside itself
      sourcemap: "inline",
      loader: { ...assetLoaders, ".css": "empty" },
      logLevel: "warning",
    });
    const compiled = findTests(outdir, ".test.mjs");
    const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...compiled], {
      cwd: here,
      stdio: "inherit",
    });
    return run.status ?? 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function findTests(folder, suffix = ".test.ts") {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
