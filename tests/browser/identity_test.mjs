// Logging in by the screen of invented people, and out again; what is said when it failed.
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";
import { kElsewhere, kLanguages, walks } from "./support/world.mjs";

for (const language of kLanguages) {
  test(`an invented person logs in and out, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    await journey.open("login");
    await journey.arrived("login");
    await journey.link("login.with_demonstration").click();
    await journey.arrived("login_demonstration");
    await journey.button("login.demonstration.log_in").click();
    await journey.arrived("login_demonstration", "login_demonstration_faults");
    await expect(page.getByRole("alert")).toContainText(journey.say("error.login_personne"));
    await journey.choose("login.demonstration.other");
    await journey.field("login.demonstration.given_name").fill("Ana");
    await journey.button("login.demonstration.log_in").click();
    await expect(page.getByRole("alert")).toContainText(journey.say("error.login_naissance"));
    await journey.field("login.demonstration.family_name").fill("Berg");
    await journey.field("login.demonstration.birthdate").fill("29/02/2000");
    await journey.button("login.demonstration.log_in").click();
    await journey.arrived("home");
    await journey.open("login");
    await journey.arrived("login", "login_known");
    await expect(page.getByText("Ana Berg")).toBeVisible();
    await journey.button("login.log_out").click();
    await journey.arrived("logout", "logged_out");
  });

  test(`somebody logs in at the provider, and out there too, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 0, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.open("login");
    await page.getByRole("link", { name: journey.say("login.with_provider") }).click();
    await journey.arrived("home");
    await journey.open("login");
    await expect(page.getByText("Ada Lucie BEAUVOIR")).toBeVisible();
    await journey.button("login.log_out").click();
    // Without a click of ours: our page goes on to the provider by itself.
    await page.getByRole("button", { name: "Yes" }).click();
    await journey.arrived("logout", "logged_out");
    await journey.open("login");
    await expect(page.getByText("Ada Lucie BEAUVOIR")).toHaveCount(0);
  });

  test(`a login that failed is explained, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 1, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.open("login_failed");
    await journey.arrived("login_failed");
    await journey.link("login.failed.again").click();
    await journey.arrived("login");
  });
}
