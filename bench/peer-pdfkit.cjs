// peer-pdfkit.cjs: The same labels with pdfkit and qrcode. Usage: peer-pdfkit.cjs LABELS.csv FILE.pdf
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [source, target, modules] = process.argv.slice(2);
const load = createRequire(path.join(modules, 'package.json'));
const PDFDocument = load('pdfkit');
const QRCode = load('qrcode');

const COLUMNS = 3;
const ROWS = 10;
const MODULE = 1.68;

// A run of modules at a time, and one fill a code: pdfkit has no masks.
function drawCode(page, token, left, top) {
  const code = QRCode.create(token, { errorCorrectionLevel: 'H' }).modules;
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) {
      const first = x;
      while (x < code.size && code.get(y, x)) x++;
      if (x > first)
        page.rect(left + first * MODULE, top + y * MODULE, (x - first) * MODULE, MODULE);
    }
  page.fill('black');
}

function drawLabel(page, [token, bib, name, wave, colour, shirt], left, top) {
  drawCode(page, token, left + 7, top + 7);
  page.fontSize(24).text(bib, left + 58, top + 4, { lineBreak: false });
  page.fontSize(10).text(name, left + 58, top + 34, { lineBreak: false });
  page.fontSize(7);
  page.roundedRect(left + 7, top + 55, page.widthOfString(wave) + 8, 11, 2).fill(colour);
  page.fill('white').text(wave, left + 11, top + 57, { lineBreak: false });
  page.fill('black').text('Shirt ' + shirt, left + 150, top + 57, { lineBreak: false });
}

const rows = fs.readFileSync(source, 'utf8').trim().split('\n').slice(1).map(line => line.split(','));
const page = new PDFDocument({ size: 'LETTER', margin: 0, autoFirstPage: false });
page.pipe(fs.createWriteStream(target));
rows.forEach((row, i) => {
  const slot = i % (COLUMNS * ROWS);
  if (slot === 0)
    page.addPage().font('Helvetica-Bold');
  drawLabel(page, row, 13.5 + slot % COLUMNS * 198, 36 + Math.floor(slot / COLUMNS) * 72);
});
page.end();
