import { findBookableService } from '../content/catalogue.ts';
import { type Rhythm, rhythms } from '../jobs/rhythm.ts';
import type { Visit } from '../jobs/visit.ts';
import { tidyCode } from '../text.ts';
import type { FieldError } from './fields.ts';

const UNKNOWN = 'Anh/chị chọn Chỉ một lần, Mỗi tuần, Hai tuần hoặc Bốn tuần.';
const ONCE_ONLY =
  'Dịch vụ đã chọn chỉ nhận từng lần. Anh/chị chọn Chỉ một lần, hoặc bỏ bớt dịch vụ không làm định kỳ.';
const LOOK_FIRST = 'Lần đầu chúng tôi chỉ đến xem, nên anh/chị chọn Chỉ một lần.';

/** What the field `repeat` says; null where the visit is once. */
export function parseRepeat(
  typed: string | undefined,
  visit: Visit,
): { repeat: Rhythm | null; errors: FieldError[] } {
  const text = tidyCode(typed ?? '');
  if (text === '' || text === 'once') return { repeat: null, errors: [] };
  const repeat = rhythms.find((rhythm) => rhythm === text);
  if (repeat === undefined) return refuse(UNKNOWN);
  if (canRepeat(visit)) return { repeat, errors: [] };
  return refuse(visit.visit === 'survey' ? LOOK_FIRST : ONCE_ONLY);
}

/** Whether the services of a visit can come again by a plan; a visit to look comes once. */
export function canRepeat({ visit, services }: Visit): boolean {
  return visit === 'work' && services.every(({ id }) => findBookableService(id)?.repeat === true);
}

function refuse(message: string) {
  return { repeat: null, errors: [{ field: 'repeat', message }] };
}
