// The site in the system's Chromium: a large screen, a telephone, and a browser without JavaScript.
// tests/browser/run starts the servers and says where they are.
import { defineConfig, devices } from "@playwright/test";

// Root has no sandbox to give; a small /dev/shm is not enough for two browsers.
const args = ["--disable-gpu", "--disable-dev-shm-usage"];
if (process.getuid() === 0) args.push("--no-sandbox");

const kLooks = ["keyboard_test.mjs", "looks_test.mjs"]; // once is enough

export default defineConfig({
  testMatch: "*_test.mjs",
  outputDir: process.env.BROWSER_RESULTS,
  fullyParallel: true,
  workers: 2,
  retries: 1, // a busy machine; what passed only then is listed as flaky
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM, args },
    actionTimeout: 15_000,
    trace: process.env.BROWSER_TRACE ? "retain-on-failure" : "off", // a trace doubles the time
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    { name: "mobile", use: { ...devices["Pixel 7"] }, testIgnore: kLooks },
    { name: "no-js", use: { javaScriptEnabled: false }, testIgnore: kLooks },
  ],
});
