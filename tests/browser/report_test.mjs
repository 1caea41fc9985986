// Reports, from the home page to the acknowledgement, in both languages.
import { evidence } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { papers } from "./support/papers.mjs";
import { expect, test } from "./support/watch.mjs";
import { kElsewhere, kLanguages, mailsTo, other, site, walks } from "./support/world.mjs";

const kStory = {
  fr: "Un SMS m’a demandé 2,99 € pour un colis. Le site était https://colis-rapide.example/payer.",
  en: "A text message asked me for €2.99 for a parcel. The site was https://colis-rapide.example/payer.",
};

for (const language of kLanguages) {
  test(`a scam is reported, ${language}`, async ({ page, watch }, testInfo) => {
    const email = `victime.${testInfo.project.name}.${language}.${testInfo.retry}@exemple.test`;
    const journey = new Journey(page, watch, language);
    await journey.begin();
    await journey.tellKind("arnaque", "phishing");
    await journey.tellStory(kStory[language], language === "fr" ? "hier soir" : "last night");
    await journey.tellMoney({ amount: "189,50", means: "transfer", to: "FR76 3000 6000 0112 3456 7890 189" });
    await journey.tellLinks(["https://colis-rapide.example/payer"]);
    await journey.tellContacts(["06 39 98 12 34", "suivi@colis-rapide.example", "Lina_Colis"], "sms");
    await journey.giveFiles(evidence());
    // The picture is seen again, from the server, which makes it small in its own time.
    const seen = page.locator(".files img").first();
    await expect(async () => {
      await page.reload();
      await expect(seen).toBeVisible({ timeout: 500 });
    }).toPass();
    const bytes = await page.request.get(site + (await seen.getAttribute("src")));
    expect(bytes.headers()["content-type"]).toBe("image/jpeg");
    // One is taken back; the others stay.
    await page.getByRole("button", { name: `${journey.say("report.files.remove")} message.eml` }).click();
    await expect(page.getByText("message.eml")).toHaveCount(0);
    await expect(page.getByText("facture.pdf").first()).toBeVisible();
    await journey.go();
    await journey.sayWho({ email, minor: "non" });

    await journey.arrived("report_review");
    for (const told of [kStory[language], "06 39 98 12 34", "capture.png", "facture.pdf", email]) {
      await expect(page.locator(".facts")).toContainText(told);
    }
    // What is changed on the way back comes back to the review, with all the rest.
    const change = `${journey.say("action.change")} ${journey.say("report.review.change_links")}`;
    await page.getByRole("link", { name: change }).click();
    await expect(journey.field("report.links.label")).toHaveValue("https://colis-rapide.example/payer");
    await journey.field("report.links.label").fill("https://colis-rapide.example/payer\nhttps://colis-rapide.example/aide");
    await journey.go();
    await journey.arrived("report_review");
    await expect(page.locator(".facts")).toContainText("https://colis-rapide.example/aide");

    const { reference, code } = await journey.send();
    await journey.arrived("report_done");
    await expect(page.getByText(journey.say("report.done.mailed"))).toBeVisible();
    await papers(journey, reference);
    await expect
      .poll(() => mailsTo(email).map((mail) => [mail.headers.Subject, mail.text.includes(code), mail.html.includes(reference)]))
      .toEqual([[journey.say("mail.received.subject"), true, true]]);
  });

  test(`illicit content is reported, anonymously, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    const link = `https://forum-haine.example/${language}/42`;
    await journey.begin();
    await journey.tellKind("illicite", "hate");
    await journey.tellStory(kStory[language], "");
    // No question about money, and the address is needed.
    await journey.arrived("report_links");
    await journey.go();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.liens_missing"));
    await expect(page).toHaveTitle(new RegExp(`^${journey.say("layout.error_prefix").trim()}`));
    await journey.arrived("report_links", "report_links_missing");
    await journey.tellLinks([link]);
    await journey.tellContacts([], "website");
    await journey.arrived("report_files");
    await journey.go();
    await journey.sayWho({ minor: "oui" });
    await journey.arrived("report_review");
    await expect(page.locator(".facts")).not.toContainText(journey.say("report.review.paid"));
    await journey.send();
    await journey.arrived("report_done", "report_done_anonymous");
    await expect(page.getByText(journey.say("report.done.mailed"))).toHaveCount(0);

    // Whoever reports the same address again hears that it is known, and counts.
    await page.context().clearCookies();
    await journey.begin();
    await journey.tellKind("illicite", "hate");
    await journey.tellStory(kStory[language], "");
    await journey.tellLinks([link]);
    await journey.tellContacts([], "website");
    await journey.go();
    await journey.sayWho({});
    await journey.arrived("report_review", "report_review_known");
    await expect(page.getByText(journey.say("report.review.known_heading"))).toBeVisible();
  });

  test(`each page says what is missing, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 0, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    const missing = async (key, ...errors) => {
      for (const error of errors) {
        await expect(page.locator("[data-problem]")).toContainText(journey.say(error));
      }
      await journey.arrived(key, `${key}_missing`);
    };
    await journey.begin();
    await journey.go();
    await missing("report_kind", "error.nature_missing");
    await journey.tellKind("arnaque", "other");
    await journey.arrived("report_story");
    await journey.page.goBack();
    await journey.go();
    await expect(page).toHaveURL(journey.url("report_story"));
    await journey.go();
    await missing("report_story", "error.recit_missing");
    await journey.tellStory(kStory[language], "");
    await journey.field("report.money.amount_label").fill("beaucoup");
    await journey.field("report.money.to_label").fill("Mme Untel");
    await journey.go();
    await missing("report_money", "error.paye_missing");
    // What was typed is still there.
    await expect(journey.field("report.money.to_label")).toHaveValue("Mme Untel");
    await journey.choose("answer.oui");
    await journey.go();
    await missing("report_money", "error.montant_wrong");
    await journey.field("report.money.amount_label").fill("12");
    await journey.go();
    await journey.tellLinks([]);
    await journey.tellContacts([], "other");
    await journey.button("report.files.add").click();
    await missing("report_files", "error.fichiers_missing");
    await journey.go();
    await journey.go();
    await missing("report_contact", "error.contact_missing");
    await journey.choose("report.contact.email_label");
    await journey.field("report.contact.email_field").fill("pas une adresse");
    await journey.go();
    await missing("report_contact", "error.courriel_wrong");
    await journey.choose("report.contact.professional_label");
    await journey.field("report.contact.email_field").fill("contact@association.example");
    await journey.go();
    await missing("report_contact", "error.organisation_missing");
  });

  test(`a break, another language, a fresh start, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!walks(testInfo, 1, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    await journey.begin();
    await journey.tellKind("arnaque", "romance");
    await journey.tellStory(kStory[language], "");
    await expect(page).toHaveURL(journey.url("report_money"));
    // The same page, in the other language, with the same answers.
    await page.goBack();
    await page.locator("a.language").click();
    const abroad = new Journey(page, watch, other(language));
    await abroad.arrived("report_story");
    await expect(abroad.field("report.story.label")).toHaveValue(kStory[language]);
    await abroad.open("report");
    await abroad.arrived("report", "report_resume");
    await abroad.link("report.start.resume").click();
    await abroad.arrived("report_money");
    await abroad.open("report");
    await abroad.button("report.start.restart").click();
    await abroad.arrived("report_kind");
    await abroad.choose("kind.arnaque");
    await abroad.go();
    await abroad.choose("category.romance.label");
    await abroad.go();
    await expect(abroad.field("report.story.label")).toHaveValue("");
  });
}
