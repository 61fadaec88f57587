// Times finding indicators in report text against CyberChef's operations for the same, in one Node process. Called by
// `cargo xtask bench` with the folder of our library, CyberChef's folder (or nothing), and texts to make reports of.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [library, cyberchef, ...files] = process.argv.slice(2);
const ours = createRequire(import.meta.url)(resolve(library, "report_text.js"));

// What the operations extract together is what we find; two of their settings have to be turned on for that.
const OPERATIONS = {
    ExtractIPAddresses: { IPv6: true },
    ExtractDomains: {},
    ExtractURLs: {},
    ExtractEmailAddresses: {},
    ExtractHashes: { "All hashes": true },
    ExtractFilePaths: {},
};

async function operation(name, settings = {}) {
    const file = join(resolve(cyberchef), "src/core/operations", `${name}.mjs`);
    const made = new (await import(pathToFileURL(file))).default();
    const values = made.args.map((argument) => settings[argument.name] ?? argument.value);
    return (text) => made.run(text, values);
}

// Reports of about this length: the texts again and again, with numbers that make most of their indicators differ.
const lines = files.flatMap((file) => readFileSync(file, "utf8").split("=== found")[0].split("\n"));
function report(length) {
    const parts = [];
    for (let size = 0, round = 0; size < length; round++) {
        for (const line of lines) {
            const part = round ? `${line.replaceAll(/([a-z]{4})([.[])/g, `$1${round}$2`)}\n` : `${line}\n`;
            parts.push(part);
            size += part.length;
            if (size >= length) break;
        }
    }
    return parts.join("");
}

function best(run) {
    let shortest = Infinity;
    for (let turn = 0; turn < 15; turn++) {
        const start = performance.now();
        run();
        shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
}

let theirs = null;
if (cyberchef) {
    const fang = await operation("FangURL");
    const extracts = await Promise.all(Object.entries(OPERATIONS).map(([name, settings]) => operation(name, settings)));
    theirs = (text) => {
        const live = fang(text);
        for (const extract of extracts) extract(live);
    };
}

const cell = (number) => number.toFixed(1).padStart(9);
console.log("  length     found    find (ms)  entities (ms)  CyberChef (ms)  find / CyberChef");
for (const length of [50_000, 100_000, 200_000, 1_000_000]) {
    const text = report(length);
    const found = String(ours.find(text)).padStart(8);
    const find = best(() => ours.find(text));
    const entities = best(() => ours.entities(text));
    const chef = theirs && best(() => theirs(text));
    const beside = chef === null ? "" : `${cell(chef).padStart(15)}${(find / chef).toFixed(2).padStart(16)}`;
    console.log(`  ${String(length / 1000).padStart(4)} kB${found}  ${cell(find)}${cell(entities).padStart(15)} ${beside}`);
}
