// What libphonenumber-js says of numbers of every country, for phone_plans_test.cpp.
//
//     node generate_phone_cases.mjs PACKAGE_FOLDER OUT_TSV
//
// The tables of Maillon are compiled from the same metadata, so the two must agree on every one.
// Columns: national or international; country ("-" for international); digits; E.164, country and
// kind of line (empty when the number is not valid).

import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const [packageFolder, outPath] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const metadata = require(`${packageFolder}/metadata.max.json`);
const { parsePhoneNumberFromString } = require(`${packageFolder}/core`);

const SEED = 20261;
const NUMBERS_PER_TYPE = 12;
const KINDS = {
    FIXED_LINE: 'fixed', MOBILE: 'mobile', FIXED_LINE_OR_MOBILE: 'fixed or mobile',
    TOLL_FREE: 'toll free', PREMIUM_RATE: 'premium rate', SHARED_COST: 'shared cost', VOIP: 'voip',
};

// Mulberry32: small, and the same numbers on every machine.
let state = SEED;
function below(limit) {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
}

// Cuts at the top level of groups: "a|(?:b|c)" by "|" is ["a", "(?:b|c)"].
function branches(pattern) {
    const found = [''];
    let depth = 0;
    for (const char of pattern) {
        if (char === '(' || char === '[') ++depth;
        if (char === ')' || char === ']') --depth;
        if (char === '|' && depth === 0) found.push('');
        else found[found.length - 1] += char;
    }
    return found;
}

const ATOM = /^(?:\[([^\]]*)\]|\\d|\d)(?:\{(\d+)(?:,(\d+))?\}|(\?))?/;

function groupEnd(pattern) {
    let depth = 0;
    for (let at = 0; at < pattern.length; ++at) {
        if (pattern[at] === '(') ++depth;
        if (pattern[at] === ')' && --depth === 0) return at;
    }
    throw new Error(pattern);
}

function digitOf(atom) {
    if (atom[0].startsWith('\\d')) return `${below(10)}`;
    if (atom[1] === undefined) return atom[0][0];
    const choices = atom[1].replaceAll('\\d', '0-9')
        .replace(/(\d)-(\d)/g, (_, a, b) => '0123456789'.slice(+a, +b + 1));
    return choices[below(choices.length)];
}

// A text that the pattern matches.
function sample(pattern) {
    const options = branches(pattern);
    let rest = options[below(options.length)];
    let text = '';
    while (rest !== '') {
        let once, times;
        if (rest[0] === '(') {
            const end = groupEnd(rest);
            const inner = rest.slice(rest.startsWith('(?:') ? 3 : 1, end);
            times = /^(?:\{(\d+)(?:,(\d+))?\}|(\?))?/.exec(rest.slice(end + 1));
            once = () => sample(inner);
            rest = rest.slice(end + 1 + times[0].length);
            times = [times[1], times[2], times[3]];
        } else {
            const atom = ATOM.exec(rest);
            if (!atom) throw new Error(rest);
            once = () => digitOf(atom);
            rest = rest.slice(atom[0].length);
            times = [atom[2], atom[3], atom[4]];
        }
        const [low, high, optional] = times;
        let count = optional ? below(2) : 1;
        if (low !== undefined) count = +low + below(+(high ?? low) - +low + 1);
        for (; count > 0; --count) text += once();
    }
    return text;
}

function altered(digits) {
    const at = below(digits.length);
    return digits.slice(0, at) + below(10) + digits.slice(at + 1);
}

function nationalNumbers(plan) {
    const patterns = [plan[2], ...(plan[11] || []).map((type) => type && type[0])].filter(Boolean);
    const numbers = [];
    for (const pattern of patterns) {
        for (let i = 0; i < NUMBERS_PER_TYPE; ++i) {
            const number = sample(pattern);
            numbers.push(number, altered(number));
        }
    }
    return numbers;
}

const lines = [];
function add(way, country, digits, number) {
    const valid = number && number.isValid();
    const kind = valid ? KINDS[number.getType()] ?? 'other' : '';
    lines.push([way, country, digits, valid ? number.number : '',
        valid ? number.country ?? 'ZZ' : '', kind].join('\t'));
}

for (const [country, plan] of Object.entries(metadata.countries)) {
    for (const national of nationalNumbers(plan)) {
        const digits = plan[0] + national;
        add('international', '-', digits, parsePhoneNumberFromString(`+${digits}`, {}, metadata));
        const dialled = (plan[5] || '') + national;
        // Digits that begin as a call abroad does are another question (parse_phone's).
        if (new RegExp(`^(?:${plan[1]})`).test(dialled)) continue;
        add('national', country, dialled,
            parsePhoneNumberFromString(dialled, { defaultCountry: country }, metadata));
    }
}
for (const plan of Object.values(metadata.nonGeographic)) {
    for (const national of nationalNumbers(plan)) {
        const digits = plan[0] + national;
        add('international', '-', digits, parsePhoneNumberFromString(`+${digits}`, {}, metadata));
    }
}
writeFileSync(outPath, lines.join('\n') + '\n');
