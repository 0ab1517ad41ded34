import { cookies } from 'next/headers';
import postgres from 'postgres';

// As a page of a person: rendered on request, with nothing of it sent before.
export const instant = false;

const shared = globalThis;

/** One row by its key, which the cookie names. */
export default async function Row() {
  const id = Number((await cookies()).get('row')?.value ?? 1);
  shared.minimalSql ??= postgres(process.env.APP_DATABASE_URL, { max: 10 });
  const [row] = await shared.minimalSql`select name_en, authorised_units from unit_classes where id = ${id}`;
  return (
    <h1>
      {row.name_en}: {String(row.authorised_units)}
    </h1>
  );
}
