/** Writes the vectors beside it: `npx tsx tests/vectors/make.ts`. A run changes nothing unless a format did. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { allVectors } from './vectors.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
for (const folder of ['valid', 'invalid']) {
  rmSync(here + folder, { recursive: true, force: true })
  mkdirSync(here + folder)
}
for (const [path, vector] of allVectors()) {
  writeFileSync(
    here + path,
    await format(JSON.stringify(vector), { parser: 'json', printWidth: 100 }),
  )
}
