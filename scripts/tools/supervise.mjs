// Runs a command in its own process group and ends the whole group when the command ends or when
// the starter is gone, however it went: its end of our stdin closes even at SIGKILL. Without this,
// killing wrangler leaves workerd answering on the port.
import { spawn } from 'node:child_process';
import process from 'node:process';

const GRACE_MS = 4000;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endGroup);
process.stdin.on('end', endGroup).on('error', endGroup).resume();
child.on('error', endGroup);
child.on('exit', endGroup);

function endGroup() {
  if (ending) return;
  ending = true;
  process.kill(-process.pid, 'SIGTERM');
  const killAll = () => process.kill(-process.pid, 'SIGKILL');
  setTimeout(killAll, child.exitCode === null && child.signalCode === null ? GRACE_MS : 500);
  child.on('exit', () => setTimeout(killAll, 300));
}
