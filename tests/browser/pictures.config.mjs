// Pictures of the main pages, for people to look at: script/screenshots.
import { defineConfig } from "@playwright/test";
import checks from "./playwright.config.mjs";

const sizes = { mobile: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const project = (size, colorScheme) => ({
  name: `${size}-${colorScheme}`,
  use: { viewport: sizes[size], colorScheme, deviceScaleFactor: 1 },
});

export default defineConfig({
  ...checks,
  testMatch: "*pictures.mjs",
  projects: ["mobile", "desktop"].flatMap((size) => [project(size, "light"), project(size, "dark")]),
});
