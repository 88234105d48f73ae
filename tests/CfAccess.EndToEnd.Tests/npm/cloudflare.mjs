// Makes calls with Cloudflare's own SDK. Reads one call per line, { "method": "tokenValidation.rules.list", "arguments": [ … ] }, and writes one
// line of JSON for each: the result, with all pages of a list, or the error.
import { createInterface } from 'node:readline';

const { default: Cloudflare } = await import(process.argv[2]);

// The SDK reads CLOUDFLARE_BASE_URL and CLOUDFLARE_API_TOKEN. A retry repeats an error here, and only takes time.
const client = new Cloudflare({ maxRetries: 0 });

async function call({ method, arguments: values }) {
  const names = method.split('.');
  const resource = names.slice(0, -1).reduce((from, name) => from[name], client);
  const request = resource[names.at(-1)](...values);
  if (!request[Symbol.asyncIterator]) {
    return await request;
  }

  const items = [];
  for await (const item of request) {
    items.push(item);
  }

  return items;
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify({ result: await call(JSON.parse(line)) }));
  } catch (error) {
    console.log(JSON.stringify({ status: error.status ?? 0, message: error.message }));
  }
}
