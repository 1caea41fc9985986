// Not a test: takes the pictures of script/screenshots, with invented content.
import { test } from "@playwright/test";
import path from "node:path";
import { evidence } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { admin, kLanguages, site } from "./support/world.mjs";

const kInvented = {
  fr: {
    story:
      "Mardi, j’ai reçu un SMS qui disait que mon colis était bloqué. J’ai payé 2,99 € sur le site.\n\n" +
      "Le lendemain, un homme m’a appelée. Il disait être de ma banque. Il m’a fait valider trois virements.",
    when: "mardi 17 novembre, puis le lendemain",
    question:
      "Bonjour. Avez-vous gardé le SMS d’origine ?\nUne capture d’écran suffit. Prenez votre temps.",
    answer: "Oui, je l’ai encore. Je l’ajoute ci-dessous.",
  },
  en: {
    story:
      "On Tuesday I got a text message saying that my parcel was held. I paid €2.99 on the site.\n\n" +
      "The next day a man called me. He said he was from my bank. He made me approve three transfers.",
    when: "Tuesday 17 November, then the next day",
    question: "Hello. Do you still have the first text message?\nA screenshot is enough. Take your time.",
    answer: "Yes, I still have it. I am adding it below.",
  },
};

for (const language of kLanguages) {
  test(`pictures, ${language}`, async ({ page }, { project }) => {
    let number = 0;
    const take = async (name) => {
      number += 1;
      const file = `${language}_${project.name}_${String(number).padStart(2, "0")}_${name}.png`;
      await page.screenshot({ path: path.join(process.env.BROWSER_PICTURES, file), fullPage: true });
    };
    const journey = new Journey(page, { look: take }, language);
    const invented = kInvented[language];
    await journey.begin();
    await journey.tellKind("arnaque", "fake_bank_adviser");
    await journey.arrived("report_story", "report_story");
    await journey.go();
    await journey.arrived("report_story", "report_story_missing");
    await journey.tellStory(invented.story, invented.when);
    await journey.tellMoney({ amount: "4 850", means: "transfer", to: "FR76 3000 6000 0112 3456 7890 189" });
    await journey.tellLinks(["https://colis-rapide.example/payer"]);
    await journey.tellContacts(["06 39 98 12 34", "suivi@colis-rapide.example"], "phone");
    await journey.giveFiles(evidence());
    await page.locator(".files img").first().waitFor().catch(() => page.reload());
    await page.reload();
    await take("report_files_seen");
    await journey.go();
    await journey.sayWho({ email: "camille@exemple.test", minor: "non" });
    await journey.arrived("report_review");
    const given = await journey.send();
    await journey.arrived("report_done");
    await page.emulateMedia({ media: "print" });
    await take("report_done_printed");
    await page.emulateMedia({ media: "screen" });
    admin("read", given.reference, "--reason", "tri");
    admin("ask", given.reference, invented.question, "--reason", "tri");
    await journey.open("followup_file");
    await journey.field("followup.file.text_label").fill(invented.answer);
    await journey.button("followup.file.send").click();
    await journey.arrived("followup_file");
    await journey.open("followup_withdraw");
    await journey.arrived("followup_withdraw");
    for (const key of ["privacy", "legal", "accessibility", "receipt_help", "professional", "api_docs"]) {
      await journey.open(key);
      await journey.arrived(key);
    }
    await page.context().clearCookies();
    await journey.open("followup");
    await journey.arrived("followup", "followup_open");
    await page.goto(`${site}${language === "fr" ? "" : "/en"}/nulle-part`);
    await take("error_404");
  });
}
