// A page that is watched: what it says on its console, what it weighs, what axe finds in it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import fs from "node:fs";
import path from "node:path";
import { other, savedPages, words } from "./world.mjs";

// RGAAv4 is the tag without which what stands outside of landmarks goes unseen.
const kRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];
const kBytesMax = 30_000; // on the wire, with style, scripts and drawings
const kWeighed = ["document", "stylesheet", "script"];

const isDrawing = (request) => request.resourceType() === "image" && request.url().endsWith(".svg");
// The browser complains of the page itself when it is an error page.
const isOfErrorPage = (message, documents) =>
  message.text().startsWith("Failed to load resource: the server responded with a status of 4") &&
  documents.has(message.location().url);

const looked = new Set(); // by this worker: axe says the same of the same page

class Watch {
  complaints = [];
  #documents = new Set();
  #asked = [];
  #last;

  constructor(page, project) {
    this.page = page;
    this.project = project;
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      if (isOfErrorPage(message, this.#documents)) return;
      this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on("request", (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
        this.#documents.add(request.url());
        if (!request.redirectedFrom()) this.#asked = [];
      }
      this.#asked.push(request);
    });
    page.on("response", (response) => {
      if (response.request().resourceType() === "document") this.#last = response;
    });
  }

  async #bytes() {
    const redirected = (request) => request.redirectedTo() !== null;
    const counted = this.#asked.filter(
      (request) => !redirected(request) && (kWeighed.includes(request.resourceType()) || isDrawing(request)),
    );
    const sizes = await Promise.all(counted.map((request) => request.sizes()));
    return sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
  }

  // Everything that holds of every page. `name` is what the page is called in what is saved, `key`
  // its path's key in the words: the language link leads to the same page, with the same `rest`.
  async look(name, language, key, rest = "") {
    const { page } = this;
    const status = this.#last.status();
    const label = `${name} (${language}, ${this.project}, ${status})`;
    expect.soft(await page.locator("html").getAttribute("lang"), label).toBe(language);
    expect.soft(await page.locator("h1").count(), `${label}: one h1`).toBe(1);
    // What follows the path in the address goes along.
    const twin = words(other(language))(`path.${key}`);
    const href = await page.locator("a.language").getAttribute("href");
    expect.soft(rest ? href : href.split("?")[0], `${label}: language link`).toBe(twin + rest);
    const wide = await page.evaluate(() => {
      const root = document.documentElement;
      return root.scrollWidth - root.clientWidth;
    });
    expect.soft(wide, `${label}: scrolls sideways`).toBeLessThanOrEqual(0);
    expect.soft(await this.#bytes(), `${label}: bytes on the wire`).toBeLessThanOrEqual(kBytesMax);
    if (looked.has(`${label}`)) return;
    looked.add(`${label}`);
    const html = await this.#last.text();
    expect.soft(html, `${label}: words left out`).not.toMatch(/\[\[|\{\{|\{\w+\}(?!<\/code>)/);
    fs.writeFileSync(path.join(savedPages, `${language}_${name}.html`), html);
    if (this.project === "no-js") return; // axe is a script
    const found = await new AxeBuilder({ page }).withTags(kRules).analyze();
    const told = found.violations.map(
      (one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `  ${node.html}`).join("\n")}`,
    );
    expect.soft(told, `${label}: axe`).toEqual([]);
  }
}

export const test = base.extend({
  watch: async ({ page }, use, testInfo) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    const watch = new Watch(page, testInfo.project.name);
    await use(watch);
    expect(watch.complaints, "the console is silent").toEqual([]);
  },
});
export { expect };
