// Who asks too much is made to wait, and gets through: by a small sum, or by patience alone.
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";
import { busySite, words } from "./support/world.mjs";

const say = words("fr");
const kAtOnce = 40;

// Asks until the server holds this address back. The answers that only come later are not waited for:
// with them the patience would be over.
const hurry = async (page) => {
  await expect(async () => {
    const answers = Array.from({ length: kAtOnce }, async () => {
      const answer = await page.request.get(`${busySite}/robots.txt`, { timeout: 30_000 }).catch(() => null);
      if (answer?.status() !== 429) throw new Error("not held back");
    });
    await Promise.any(answers);
  }).toPass();
};
const held = async (page) =>
  (await page.getByRole("heading", { level: 1 }).textContent()) === say("error_page.e429.title");

test("a small sum opens the page", async ({ page, watch }, { project }) => {
  test.skip(project.name !== "desktop", "one address is held back at a time");
  await hurry(page);
  let seen = false;
  page.on("response", (response) => {
    seen ||= response.status() === 429 && response.request().resourceType() === "document";
  });
  await expect(async () => {
    await hurry(page);
    await page.goto(`${busySite}/mentions-legales`, { waitUntil: "commit" });
    expect(seen).toBe(true);
  }).toPass();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say("legal.heading"), { timeout: 60_000 });
  await expect(page).toHaveURL(/\/mentions-legales\?proof=/);
});

test("patience opens the page without a script", async ({ page, watch }, { project }) => {
  test.skip(project.name !== "no-js", "the way without scripts");
  await expect(async () => {
    await hurry(page);
    await page.goto(`${busySite}/mentions-legales`);
    expect(await held(page)).toBe(true);
  }).toPass();
  await watch.look("error_429", "fr", "home");
  const asked = Number(/\d+/.exec(await page.getByText(/secondes/).textContent())[0]);
  expect(asked).toBeGreaterThan(0);
  await page.waitForTimeout(asked * 1000);
  await page.getByRole("button", { name: say("error_page.e429.continue") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say("legal.heading"));
});

test("what was typed is not lost when the server is busy", async ({ page, watch }, { project }) => {
  test.skip(project.name !== "desktop", "one address is held back at a time");
  const journey = new Journey(page, watch, "fr");
  await page.goto(`${busySite}${journey.path("followup")}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say("followup.open.heading"), { timeout: 60_000 });
  await journey.field("followup.open.reference").fill("S-7K3M-92QD");
  await journey.field("followup.open.code").fill("0000 0000 0000 0000");
  await hurry(page);
  await journey.button("followup.open.open").click();
  await expect(page.locator("[data-problem]")).toContainText(say("error.code_wrong"), { timeout: 60_000 });
  await expect(journey.field("followup.open.reference")).toHaveValue("S-7K3M-92QD");
});
