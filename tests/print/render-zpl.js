// render-zpl.js: Draws ZPL as a printer would, with a renderer that is not ours.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Usage: node render-zpl.js FOLDER-WITH-NODE_MODULES < LINES
// A line is "FILE.zpl FILE.png WIDTH HEIGHT DOTS-PER-MM", the size in dots.
"use strict";

const fs = require("fs");
const { createRequire } = require("module");
const path = require("path");

async function main () {
  const requireFrom = createRequire(path.resolve(process.argv[2], "package.json"));
  const { ready } = requireFrom("zpl-renderer-js");
  const { api } = await ready;

  for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
    const [zpl, png, width, height, perMm] = line.split(" ");
    const text = fs.readFileSync(zpl, "utf8");
    const image = await api.zplToBase64Async(text, width / perMm, height / perMm, Number(perMm));
    fs.writeFileSync(png, Buffer.from(image, "base64"));
  }
  // What the renderer was compiled from keeps a timer.
  process.exit(0);
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
