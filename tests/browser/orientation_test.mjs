// "What is happening to you?": from home to each kind of result, and out again at once.
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";
import { kElsewhere, kLanguages, other, site, walks } from "./support/world.mjs";

// The first answer is a link of the home page; `complaint` is the form that the door leads to.
const kPaths = [
  { first: "trade", then: [["trade", "bought_person"], ["paid", "now"], ["means", "transfer"], ["who", "adult"], ["received", "silence"], ["met", "no"]], result: "fake_seller", complaint: "fake_seller", step: "bank" },
  { first: "trade", then: [["trade", "bought_site"], ["paid", "no"], ["who", "adult"], ["received", "answers"]], result: "dispute_shop", step: "shop" },
  { first: "trade", then: [["trade", "selling"], ["paid", "no"], ["who", "minor"]], result: "fake_buyer", why: "minor" },
  { first: "trade", then: [["trade", "renting"], ["paid", "no"], ["who", "adult"], ["met", "yes"]], result: "fake_rental", why: "met" },
  { first: "message", then: [["message", "link"], ["gave", "bank"], ["sms", "sms"]], result: "phishing", why: "phishing", step: "bank" },
  { first: "meeting", then: [["safety", "fine"], ["paid", "months"], ["means", "crypto"], ["who", "adult"], ["met", "no"], ["blackmailed", "no"]], result: "romance", complaint: "romance", risk: true, step: "wallet" },
  { first: "threat", then: [["threat", "images"], ["safety", "dark"], ["paid", "no"], ["who", "adult"], ["earlier", "no"]], result: "sextortion", complaint: "sextortion", risk: true, step: "images", number: "3114" },
  { first: "bank", then: [["bank", "card"], ["debited", "now"], ["card_held", "yes"], ["card_online", "yes"]], result: "card_fraud", why: "card", step: "bank" },
  { first: "device", then: [["device", "account"], ["who", "adult"], ["in_name", "yes"]], result: "hacked_account", complaint: "hacked_account", step: "account" },
  { first: "child", then: [["child", "danger"], ["safety", "danger"]], result: "child_danger", why: "not_listed", risk: true, number: "17" },
  { first: "content", then: [["content", "terror"], ["ongoing", "yes"], ["public", "yes"]], result: "content", why: "content", number: "17" },
  { first: "identity", then: [], result: "identity_theft", why: "not_listed", step: "papers" },
];

const ended = async (journey, path) => {
  const { page } = journey;
  await journey.arrived("orientation", `orientation_result_${path.result}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say(`orientation.result.${path.result}.name`));
  const complaint = journey.link("orientation.door.complaint.go");
  if (path.complaint) {
    await expect(complaint).toHaveAttribute("href", `${journey.path("complaint")}?type=${path.complaint}`);
  } else {
    await expect(complaint).toHaveCount(0);
    await expect(page.locator(".note")).toContainText(journey.say(`orientation.why.${path.why ?? "dispute"}`));
  }
  if (path.step) await expect(page.locator(".todo h3").first()).toHaveText(journey.say(`orientation.step.${path.step}.title`));
  if (path.number) await expect(page.locator(".stop a").first()).toHaveText(path.number);
  await expect(page.locator(".leave")).toHaveCount(path.risk ? 1 : 0);
};

for (const language of kLanguages) {
  for (const [number, path] of kPaths.entries()) {
    test(`home to ${path.result}${path.why ? `, ${path.why}` : ""}, ${language}`, async ({ page, watch }, testInfo) => {
      test.skip(!walks(testInfo, number, language), kElsewhere);
      const journey = new Journey(page, watch, language);
      await journey.open("home");
      await journey.link(`orientation.ask.happening.answer.${path.first}`).click();
      for (const [question, answer] of path.then) await journey.answer(question, answer);
      await ended(journey, path);
    });
  }

  test(`an answer forgotten, changed, taken back, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 0, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.open("orientation");
    await journey.go();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.orientation_missing"));
    await journey.arrived("orientation", "orientation_missing");
    await journey.answer("happening", "device");
    await journey.answer("device", "account");
    await journey.link("action.back").click();
    await journey.answer("device", "account");
    // The same question, with what was answered, in the other language and back.
    await page.locator("a.language").click();
    const abroad = new Journey(page, watch, other(language));
    await abroad.answer("who", "adult");
    await page.locator("a.language").click();
    await page.goBack();
    await page.goForward();
    await journey.answer("in_name", "no");
    await expect(page.locator(".note")).toContainText(journey.say("orientation.why.account"));
    await page.locator(".change a").last().click();
    await journey.answer("in_name", "yes");
    await expect(journey.link("orientation.door.complaint.go")).toBeVisible();
  });

  test(`in one's own words, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    const told = {
      fr: "Il a des photos intimes de moi. Je n’ai plus envie de vivre.",
      en: "He has intimate pictures of me. I want to die.",
    }[language];
    await journey.open("home");
    await journey.link("home.words_link").click();
    await journey.arrived("orientation_words");
    await journey.button("orientation.words.go").click();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.orientation_words_missing"));
    await page.locator("#mots").fill(told);
    await journey.button("orientation.words.go").click();
    await journey.arrived("orientation_words", "orientation_words_heard");
    await expect(page.locator(".stop a").first()).toHaveText("3114");
    await expect(page.locator("#mots")).toHaveValue(told);
    expect(page.url()).toBe(journey.url("orientation_words"));
    await journey.link("orientation.ask.threat.answer.images").click();
    await journey.answer("safety", "dark");
  });

  test(`leaving at once, ${language}`, async ({ page, watch, context }, { project }) => {
    const journey = new Journey(page, watch, language);
    const elsewhere = "https://meteofrance.com/";
    await context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>x</title>" }));
    await page.setViewportSize({ width: 320, height: 560 });
    await journey.open("home");
    await expect(page.locator(".leave")).toHaveCount(0);
    await journey.link("orientation.ask.happening.answer.meeting").click();
    const leave = journey.button("layout.leave");
    await expect(leave).toBeInViewport();
    await page.locator("footer").scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 5000);
    await expect(leave).toBeInViewport();
    await journey.link("layout.leave_about").click();
    await journey.arrived("quick", "leave");
    await journey.link("leave.go_on").click();
    await journey.answer("happening", "meeting");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(journey.say("orientation.ask.safety.legend"));
    expect((await context.cookies(site)).length).toBeGreaterThan(0);
    if (project.name === "desktop") {
      await page.waitForLoadState(); // with its script
      for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
    } else {
      await leave.click();
    }
    await expect(page).toHaveURL(elsewhere);
    expect(await context.cookies(site)).toEqual([]);
  });
}
