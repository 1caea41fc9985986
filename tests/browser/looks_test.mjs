// Narrow screens, large text, forced colours, a dark room, paper.
import AxeBuilder from "@axe-core/playwright";
import { evidence } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";

const kPages = [
  "home", "report", "report_kind", "report_category", "report_story", "report_money", "report_links",
  "report_contacts", "report_files", "report_contact", "report_review", "privacy", "receipt_help", "api_docs",
  "orientation", "orientation_words", "orientation_rules", "quick",
];

// A draft that has all its answers, with long words in them: then each page can be opened.
const filled = async (journey) => {
  await journey.begin();
  await journey.tellKind("arnaque", "fake_bank_adviser");
  await journey.tellStory(`${"Très".repeat(60)} long.`, "hier");
  await journey.tellMoney({ amount: "12", means: "card", to: "X".repeat(90) });
  await journey.tellLinks([`https://boutique.example/${"a".repeat(200)}`]);
  await journey.tellContacts(["b".repeat(120)], "sms");
  await journey.giveFiles(evidence());
  await journey.go();
  await journey.sayWho({ email: `${"c".repeat(60)}@exemple.test` });
};
// Of axe: each rule with the elements that break it.
const told = (found) =>
  found.violations.map((one) => [one.id, ...one.nodes.map((node) => `${node.html}: ${node.failureSummary}`)]);
const fits = async (page, name) => {
  const wide = await page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    return [...document.querySelectorAll("body *")]
      .filter((one) => {
        const box = one.getBoundingClientRect();
        const scrolled = one.closest("pre") !== null || one.closest(".unseen, .skip") !== null;
        return !scrolled && box.width > 0 && box.right > most + 1;
      })
      .map((one) => one.outerHTML.slice(0, 100));
  });
  expect.soft(wide, `${name} fits`).toEqual([]);
};

test("320 pixels wide, and text twice as large", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  await filled(journey);
  for (const key of kPages) {
    await page.setViewportSize({ width: 320, height: 640 });
    await journey.open(key);
    await fits(page, `${key}, 320 pixels`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "212.5%"; // twice the theme's own
    });
    await fits(page, `${key}, 200 %`);
  }
  await journey.open("report_review");
  await page.setViewportSize({ width: 320, height: 640 });
  await journey.send();
  await fits(page, "done, 320 pixels");
  await journey.open("followup_file");
  await fits(page, "file, 320 pixels");
});

test("a dark room and forced colours", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  await page.emulateMedia({ colorScheme: "dark" });
  await filled(journey); // each page is looked at in the dark on the way
  expect(await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(true);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  for (const key of ["home", "report_kind", "report_money", "report_review"]) {
    await journey.open(key);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "RGAAv4"]).analyze();
    expect.soft(told(found), `${key}, forced colours`).toEqual([]);
    // What only a background showed has an edge.
    const edgeless = await page.evaluate(() =>
      [...document.querySelectorAll(".button, .button-second, .choice, .note, .stop, .done")]
        .filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1)
        .map((one) => one.outerHTML.slice(0, 100)),
    );
    expect.soft(edgeless, `${key}, forced colours`).toEqual([]);
  }
});

test("the acknowledgement on paper", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  const { reference, code } = await journey.reportBriefly();
  await page.emulateMedia({ media: "print" });
  for (const kept of [reference, code]) await expect(page.getByText(kept, { exact: true })).toBeVisible();
  for (const left of [".skip", ".emergency", "footer", ".language", ".buttons"]) {
    await expect(page.locator(left).first()).toBeHidden();
  }
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  const sheets = paper.match(/\/Type\s*\/Page\b(?!s)/g).length;
  expect(sheets, "sheets").toBeLessThanOrEqual(2);
});
