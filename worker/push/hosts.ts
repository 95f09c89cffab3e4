/**
 * Whether an address is one of a push service: https, on the standard port, without a user, and on a host of `PUSH_HOSTS`.
 * An entry `*.example.com` is every host below it.
 */
export function isPushHost(pushHosts: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return pushHosts
    .split(/\s+/)
    .some((known) => (known.startsWith('*.') ? host.endsWith(known.slice(1)) : host === known));
}
