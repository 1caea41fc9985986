// What tests/browser/run prepared: the servers, the words of the pages, the folder of the mails.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const world = JSON.parse(fs.readFileSync(process.env.BROWSER_WORLD, "utf8"));

export const { site, busySite, savedPages } = world;
export const kLanguages = ["fr", "en"];
export const other = (language) => (language === "fr" ? "en" : "fr");

// What is alike in all browsers is walked in each language by one of the three, which `number` turns:
// together they meet every page.
const kProjects = ["desktop", "mobile", "no-js"];
export const walks = ({ project }, number, language) =>
  kProjects[(number + kLanguages.indexOf(language)) % kProjects.length] === project.name;
export const kElsewhere = "another browser walks it";

// The word "report.start.begin" of a language, with what the page puts in it.
export const words = (language) => (key, values = {}) => {
  const found = key.split(".").reduce((table, name) => table?.[name], world.words[language]);
  if (typeof found !== "string") throw new Error(`no word ${key} in ${language}.toml`);
  return found.replace(/\{+(\w+)\}+/g, (all, name) => values[name] ?? all);
};

// `maillon …` on the data of the first server; gives what it prints.
export const maillon = (...given) =>
  execFileSync(world.maillon, given, {
    encoding: "utf8",
    env: { ...process.env, ...world.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
export const admin = (...given) => maillon("admin", ...given, "--data", world.data);

// The mails that went to an address.
export const mailsTo = (address) =>
  fs
    .readdirSync(world.mails)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(fs.readFileSync(path.join(world.mails, name), "utf8")))
    .filter((mail) => mail.to.includes(address));
