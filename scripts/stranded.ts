import process from 'node:process';
import { listStranded } from './content/stranded.ts';

/** Lists the bookings that content/booking.json has no room for; exit code 1 where there are any. */
async function main(flags: readonly string[]): Promise<void> {
  const lines = await listStranded(flags, new Date());
  for (const line of lines) console.log(line);
  if (lines.length === 0) console.log('Không đơn nào mất chỗ.');
  else process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
