import process from 'node:process';

const CREDENTIAL = /^(?:CLOUDFLARE|CF)_.*(?:TOKEN|KEY)$/;

/** Tests and builds run code of many hands: whatever runs inside sees no credentials of the account. */
export async function withoutCredentials<Result>(action: () => Promise<Result>): Promise<Result> {
  const held = Object.entries(process.env).filter(([name]) => CREDENTIAL.test(name));
  for (const [name] of held) delete process.env[name];
  try {
    return await action();
  } finally {
    for (const [name, value] of held) process.env[name] = value;
  }
}
