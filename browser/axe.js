// What axe-core says against a page that was opened with `init: axe`.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All of its rules on the page as it stands, in words that lead to the fault. */
export async function violations(page) {
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
}
