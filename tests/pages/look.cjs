// node look.cjs CHROMIUM FOLDER FILE...: opens each page as a phone and as a desk, light and dark, and on paper.
// Writes pictures and a PDF into FOLDER; prints what was found as JSON, one line for each page.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer-core");
const axe = require("axe-core");

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];

/** What sticks out of the window, and formulas that are taller or wider than the box that shows them. */
function measure() {
  const room = document.documentElement.clientWidth;
  const found = { sideways: document.documentElement.scrollWidth > room, outside: [], cut: [], overlaps: [] };
  const scrolls = (node) => {
    for (let box = node.parentElement; box; box = box.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    return false;
  };
  const name = (node) => node.outerHTML.slice(0, 160);
  for (const node of document.querySelectorAll("main *, header *, nav *")) {
    if (node.closest("svg") || !node.getClientRects().length) continue;
    const box = node.getBoundingClientRect();
    if (box.right > room + 1 && !scrolls(node)) found.outside.push(name(node));
  }
  for (const box of document.querySelectorAll(".formula, .wide, .scroll")) {
    if (box.scrollHeight > box.clientHeight + 1) found.cut.push(name(box));
    if (box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0) found.cut.push("no key reaches " + name(box));
    const frame = box.getBoundingClientRect();
    for (const node of box.querySelectorAll("math *")) {
      const inner = node.getBoundingClientRect();
      if (inner.height && (inner.top < frame.top - 1 || inner.bottom > frame.bottom + 1)) found.cut.push(name(node));
    }
  }
  const rows = [...document.querySelectorAll(".chain li, .row")].filter((row) => row.getClientRects().length);
  for (const row of rows) {
    const cells = [...row.children].filter((cell) => cell.getClientRects().length && cell.tagName !== "DETAILS");
    cells.forEach((one, place) => cells.slice(place + 1).forEach((two) => {
      const a = one.getBoundingClientRect(), b = two.getBoundingClientRect();
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
      if (!apart && getComputedStyle(one).display !== "inline") found.overlaps.push(name(two));
    }));
  }
  return found;
}

async function look(browser, file, folder) {
  const base = path.join(folder, path.basename(file, ".html"));
  const page = await browser.newPage();
  const asked = [];
  const errors = [];
  page.on("request", (request) => { if (!request.url().startsWith("file:")) asked.push(request.url()); });
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  const found = { file, asked, errors, views: {}, axe: [] };
  for (const scheme of SCHEMES) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900, deviceScaleFactor: width < 500 ? 2 : 1 });
      await page.goto("file://" + path.resolve(file));
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      found.views[`${width}-${scheme}`] = await page.evaluate(measure);
      await page.screenshot({ path: `${base}-${width}-${scheme}.png`, fullPage: true });
      await page.evaluate(axe.source);
      const result = await page.evaluate(async () => await axe.run(document, { resultTypes: ["violations"] }));
      for (const one of result.violations)
        found.axe.push(`${width}-${scheme} ${one.id} (${one.impact}): ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
    }
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.goto("file://" + path.resolve(file));
  await page.pdf({ path: `${base}.pdf`, preferCSSPageSize: true, printBackground: true });
  await page.close();
  return found;
}

(async () => {
  const [chromium, folder, ...files] = process.argv.slice(2);
  fs.mkdirSync(folder, { recursive: true });
  const args = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars"];
  const browser = await puppeteer.launch({ executablePath: chromium, args });
  try {
    for (const file of files) console.log(JSON.stringify(await look(browser, file, folder)));
  } finally {
    await browser.close();
  }
})().catch((error) => { console.error(error); process.exit(2); });
