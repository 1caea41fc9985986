// A whole report without a mouse: Tab, Space, arrows and Enter, and one always sees where one is.
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";

const kTabsMax = 60;

// Goes on with Tab until what the label names has the focus; each stop on the way can be seen.
const reach = async (page, target) => {
  for (let tabs = 0; tabs < kTabsMax; tabs += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return { name: "body", seen: true };
      const box = at.getBoundingClientRect();
      const shown = at.matches(".choice input") ? at.closest(".choice") : at;
      const style = getComputedStyle(shown);
      return {
        name: at.outerHTML.slice(0, 120),
        seen:
          style.outlineStyle !== "none" &&
          parseFloat(style.outlineWidth) >= 2 &&
          box.bottom > 0 &&
          box.top < innerHeight,
      };
    });
    expect(stop, "the focus is seen").toMatchObject({ seen: true });
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by Tab: ${target}`);
};

test("a report without a mouse", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  const press = async (target, key) => {
    await reach(page, target);
    await page.keyboard.press(key);
  };
  const radio = (word) => page.getByRole("radio", { name: journey.say(word), exact: true });
  const go = () => press(journey.button("action.continue"), "Enter");
  await journey.open("home");
  // The first stop skips what every page repeats.
  await page.keyboard.press("Tab");
  await expect(journey.link("layout.skip")).toBeFocused();
  await expect(journey.link("layout.skip")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await press(journey.link("home.report_link"), "Enter");
  await expect(page).toHaveURL(journey.url("report"));
  await press(journey.button("report.start.begin"), "Enter");
  await expect(page).toHaveURL(journey.url("report_kind"));
  await press(radio("kind.arnaque"), "Space");
  await go();
  await expect(page).toHaveURL(journey.url("report_category"));
  await reach(page, page.getByRole("radio").first());
  await page.keyboard.press("ArrowDown"); // a group of choices is one stop
  await expect(page.getByRole("radio").nth(1)).toBeFocused();
  await page.keyboard.press("Space");
  await go();
  await expect(page).toHaveURL(journey.url("report_story"));
  await reach(page, journey.field("report.story.label"));
  await go(); // an error: its summary is read first, and its link leads to the field
  await expect(page.locator("[data-problem]")).toBeFocused();
  await press(page.locator("[data-problem] a"), "Enter");
  await expect(journey.field("report.story.label")).toBeFocused();
  await page.keyboard.type("On m’a vendu un billet qui n’existe pas.");
  await go();
  await expect(page).toHaveURL(journey.url("report_money"));
  await press(radio("answer.oui"), "Space");
  await go();
  await expect(page).toHaveURL(journey.url("report_links"));
  await go();
  await expect(page).toHaveURL(journey.url("report_contacts"));
  await go();
  await expect(page).toHaveURL(journey.url("report_files"));
  await go();
  await expect(page).toHaveURL(journey.url("report_contact"));
  await press(radio("report.contact.anonymous_label"), "Space");
  await go();
  await expect(page).toHaveURL(journey.url("report_review"));
  await press(journey.button("report.review.send"), "Enter");
  await expect(page).toHaveURL(journey.url("report_done"));
  await press(journey.link("report.done.follow"), "Enter");
  await expect(page).toHaveURL(journey.url("followup_file"));
});

test("from home to what to do, without a mouse", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  const answer = async (question, given) => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say(`orientation.ask.${question}.legend`));
    const radio = page.getByRole("radio", { name: journey.say(`orientation.ask.${question}.answer.${given}`), exact: true });
    await reach(page, page.getByRole("radio").first());
    await page.keyboard.press("Space");
    for (let down = 0; down < kTabsMax && !(await radio.isChecked()); down += 1) await page.keyboard.press("ArrowDown");
    await reach(page, journey.button("action.continue"));
    await page.keyboard.press("Enter");
  };
  await journey.open("home");
  await reach(page, journey.link("orientation.ask.happening.answer.bank"));
  await page.keyboard.press("Enter");
  await answer("bank", "card");
  await answer("debited", "months");
  await answer("card_held", "no");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say("orientation.result.card_fraud.name"));
  await reach(page, journey.link("orientation.door.report.go"));
  await reach(page, page.locator("summary").first());
  await page.keyboard.press("Enter");
  await expect(page.locator(".closed").first()).toBeVisible();
});

test("a message checked without a mouse", async ({ page, watch }) => {
  const journey = new Journey(page, watch, "fr");
  await journey.open("check");
  await reach(page, journey.field("check.label"));
  await page.keyboard.type("Achetez trois cartes Neosurf et envoyez les codes ce soir.");
  await reach(page, journey.button("check.button"));
  await page.keyboard.press("Enter");
  const title = journey.say("check.level.many.title");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await reach(page, journey.button("check.result.report_button"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(journey.url("report_kind"));
});
