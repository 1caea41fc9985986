// The pages that ask nothing, and those that say what went wrong.
import fs from "node:fs";
import { picture } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";
import { kElsewhere, kLanguages, other, site, walks } from "./support/world.mjs";

const kPublic = ["home", "orientation", "orientation_words", "orientation_rules", "quick", "report", "check", "followup", "receipt_help", "professional", "api_docs", "legal", "privacy", "accessibility"];

for (const language of kLanguages) {
  test(`public pages, in the other language too, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    const abroad = new Journey(page, watch, other(language));
    for (const key of kPublic) {
      await journey.open(key);
      await journey.arrived(key);
      await page.locator("a.language").click();
      await expect(page).toHaveURL(abroad.url(key));
      await expect(page.locator("html")).toHaveAttribute("lang", other(language));
    }
  });

  test(`links of the site lead somewhere, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 0, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    const seen = new Set();
    for (const key of kPublic) {
      await journey.open(key);
      for (const link of await page.locator('a[href^="/"]').all()) seen.add(await link.getAttribute("href"));
    }
    for (const href of seen) {
      const answer = await page.request.get(site + href);
      expect(answer.status(), href).toBe(200);
    }
  });

  test(`error pages help, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 1, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    const failed = async (status) => {
      const code = status === 422 ? 400 : status;
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say(`error_page.e${code}.title`));
      await watch.look(`error_${status}`, language, "home");
    };
    await page.goto(`${site}${language === "fr" ? "" : "/en"}/nulle-part`);
    await failed(404);
    await journey.link("error_page.home").click();
    await journey.arrived("home");
    await page.goto(journey.url("followup_open"));
    await failed(405);
    // A form of another visit: the cookie went, the page stayed.
    await journey.open("report");
    await page.context().clearCookies();
    await journey.button("report.start.begin").click();
    await failed(403);
  });

  test(`a file that is too large is refused, the others stay, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 2, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.begin();
    await journey.tellKind("illicite", "threats_violence");
    await journey.tellStory("Une menace.", "");
    await journey.tellLinks(["https://forum.example/1"]);
    await journey.tellContacts([], "website");
    // From the disk, as people do: bytes given to the browser's driver take long.
    const chosen = [testInfo.outputPath("petite.png"), testInfo.outputPath("film.txt")];
    fs.writeFileSync(chosen[0], picture());
    fs.writeFileSync(chosen[1], Buffer.alloc(26_000_000, "a"));
    await journey.field("report.files.label").setInputFiles(chosen);
    await journey.button("report.files.add").click();
    await expect(page.locator("[data-problem]")).toContainText("film.txt");
    await journey.arrived("report_files", "report_files_large");
    await expect(page.locator(".files")).toContainText("petite.png");
  });
}

test("a form that is too heavy gets a page that helps", async ({ page, watch }, { project }) => {
  const journey = new Journey(page, watch, "fr");
  await journey.open("followup");
  await journey.field("followup.open.reference").fill("S-0000-0000");
  // Typed by a program: no browser's own limit stands in the way.
  await page.locator("#code").evaluate((field) => {
    field.value = "x".repeat(400_000);
  });
  await journey.button("followup.open.open").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say("error_page.e413.title"));
  await watch.look("error_413", "fr", "home");
});
