// Opens a hub's connection as a page in a browser would, again for each token that it reads: one a line, "-" for none. Tells what happens.
import { createInterface } from 'node:readline';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const [url, transport, skipNegotiation, origin] = process.argv.slice(2);
console.log('ready');
for await (const token of createInterface({ input: process.stdin })) {
  const headers = { ...(token !== '-' && { 'Cf-Access-Jwt-Assertion': token }), ...(origin && { Origin: origin }) };
  const connection = new HubConnectionBuilder()
    .withUrl(url, { transport: HttpTransportType[transport], skipNegotiation: skipNegotiation === 'true', headers })
    .configureLogging(LogLevel.None)
    .build();
  connection.on('told', (who, text) => console.log(`told ${who}: ${text}`));
  connection.on('said', (who, text) => console.log(`said ${who}: ${text}`));
  connection.on('noted', text => console.log(`noted ${text}`));
  const closed = new Promise(resolve => connection.onclose(resolve));
  try {
    await connection.start();
    console.log('connected');
    console.log(`closed ${(await closed)?.message ?? ''}`);
  } catch (error) {
    console.log(`refused ${error.message.replaceAll('\n', ' ')}`);
  }
}
