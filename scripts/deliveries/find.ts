import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { SHOW_SQL } from '../../worker/store/delivery-commands.ts';
import type { Row } from '../database/query-database.ts';

const IS_ID = /^[0-9a-f-]{36}$/;

/** Asks the chosen database. `suffix` is what a printed command needs behind it to mean the same one. */
export interface Ask {
  (sql: string, texts?: Readonly<Record<string, string>>): Promise<Row[]>;
  suffix: string;
}

/** The id, where a delivery has it. Throws the sentence that says what it is instead. */
export async function requireDelivery(ask: Ask, id: string): Promise<string> {
  if (id === '')
    throw new Error(
      `Ghi thêm lượt gửi. Xem mã các lượt gửi: npm run deliveries -- list${ask.suffix}`,
    );
  const code = parseCode(company.codePrefix, id);
  if (code !== null)
    throw new Error(
      `${code} là mã đơn hoặc mã tin nhắn. Xem mã các lượt gửi của nó: npm run deliveries -- show ${code}${ask.suffix}`,
    );
  if (!IS_ID.test(id) || (await ask(SHOW_SQL, { id })).length === 0)
    throw new Error(`Không có lượt gửi nào mang mã ${id}.`);
  return id;
}
