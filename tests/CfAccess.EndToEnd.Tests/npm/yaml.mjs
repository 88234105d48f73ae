// Reads a YAML file strictly, and writes it as JSON.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

console.log(JSON.stringify(parse(readFileSync(process.argv[2], 'utf8'), { strict: true, uniqueKeys: true })));
