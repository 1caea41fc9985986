// Check before you pay: a message is pasted, its passages are shown, the report takes it over.
import { Journey } from "./support/journey.mjs";
import { expect, test } from "./support/watch.mjs";
import { admin, kElsewhere, kLanguages, walks } from "./support/world.mjs";

const kMessages = {
  fr: {
    scam:
      "BANQUE POPULAIRE : un paiement de 899,00 € est en cours.\n" +
      "Si vous n’êtes pas à l’origine de cette opération, appelez vite le 01 99 00 13 17 " +
      "ou https://banque-populaire-verif.example-info.top/opposition",
    passage: "01 99 00 13 17",
    blackmail:
      "J’ai piraté votre appareil et activé votre webcam. Payez 900 € en bitcoin " +
      "ou je diffuse la vidéo de vous à tous vos contacts.",
    ordinary: "On se retrouve à midi devant la gare.",
    confirmed: "Regarde cette boutique : https://boutique.exemple-vente-fr.fr/velo",
    domain: "exemple-vente-fr.fr",
  },
  en: {
    scam:
      "Royal Mail: your parcel could not be delivered. An unpaid shipping fee of £1.99 is due " +
      "within 24 hours: https://royalmail-example-fee.top/pay",
    passage: "royalmail-example-fee.top",
    blackmail:
      "I hacked your device and recorded you by your webcam. Pay 900 $ in bitcoin " +
      "or I send the video of you to all your contacts.",
    ordinary: "See you at noon in front of the station.",
    confirmed: "Look at this shop: https://shop.exemple-vente-en.fr/bike",
    domain: "exemple-vente-en.fr",
  },
};

for (const language of kLanguages) {
  const told = kMessages[language];

  const checked = async (journey, text, level) => {
    await journey.open("check");
    await journey.field("check.label").fill(text);
    await journey.button("check.button").click();
    const heading = journey.page.getByRole("heading", { level: 1 });
    await expect(heading).toHaveText(journey.say(`check.level.${level}.title`));
  };

  test(`a scam is explained and reported, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    await journey.open("check");
    await journey.arrived("check");
    await checked(journey, told.scam, "many");
    await expect(page.locator(".pasted mark").filter({ hasText: told.passage })).toHaveCount(1);
    await journey.arrived("check", "check_many");
    await journey.button("check.result.report_button").click();
    await journey.tellKind("arnaque", "phishing");
    await expect(journey.field("report.story.label")).toHaveValue(told.scam);
  });

  test(`nothing recognised is not safe, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    await checked(journey, told.ordinary, "nothing");
    await expect(page.getByText(journey.say("check.level.nothing.lead"))).toBeVisible();
    await expect(page.locator("mark")).toHaveCount(0);
    await journey.arrived("check", "check_nothing");
    await journey.link("check.result.again").click();
    await expect(journey.field("check.label")).toHaveValue("");
  });

  test(`an empty form says what to do, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 0, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.open("check");
    await journey.button("check.button").click();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.recu_missing"));
    await journey.arrived("check", "check_missing");
  });

  test(`blackmail shows the way out, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 1, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await checked(journey, told.blackmail, "many");
    await expect(journey.button("layout.leave")).toBeVisible();
    await expect(page.getByText(journey.say("check.result.now_images"))).toBeVisible();
    await journey.arrived("check", "check_blackmail");
  });

  test(`a confirmed domain is told, ${language}`, async ({ page, watch }, { project }) => {
    const domain = told.domain.replace("vente", `vente-${project.name.replace("-", "")}`);
    const text = told.confirmed.replace(told.domain, domain);
    admin("domain", "confirm", domain, "--reason", "groupe 12");
    const journey = new Journey(page, watch, language);
    await checked(journey, text, "many");
    await expect(page.locator(".signs h3").first()).toContainText(domain);
    await expect(page.locator("main")).not.toContainText("groupe 12");
    await journey.arrived("check", "check_confirmed");
  });
}
