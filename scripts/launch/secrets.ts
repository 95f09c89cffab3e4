import { type Finding, red, todo } from './finding.ts';

/** Keys that the deployed Worker does not have; `missing` is null where nobody is signed in to look. */
export function checkSecrets(
  required: readonly string[],
  missing: readonly string[] | null,
): Finding[] {
  if (missing === null) {
    const names = required.join(', ');
    return [todo(`Khóa ${names}`, 'Chưa xem được vì chưa đăng nhập: chạy npx wrangler login.')];
  }
  return missing.map((name) =>
    red(
      `Khóa ${name}`,
      `Tạo bằng npm run keys, cất một bản, rồi chạy npx wrangler secret put ${name}.`,
    ),
  );
}
