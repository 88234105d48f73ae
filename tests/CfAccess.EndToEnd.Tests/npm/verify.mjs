// Verifies an Access token as an application in another language would: with the keys that the team publishes.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [issuer, audience, token] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL('/cdn-cgi/access/certs', issuer));
try {
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
  console.log(JSON.stringify({ header: protectedHeader, payload }));
} catch (error) {
  console.log(JSON.stringify({ refused: error.code }));
  process.exitCode = 1;
}
