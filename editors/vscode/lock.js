// Leaves addresses out of the lock file: each npm knows where its packages come from.
const { readFileSync, writeFileSync } = require("fs");

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const one of Object.values(lock.packages)) {
  delete one.funding;
  delete one.resolved;
}
writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
