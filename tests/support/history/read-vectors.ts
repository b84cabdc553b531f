/** The vectors as they lie on the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { utf8 } from '../../../shared/bytes.ts'
import { fromHex } from '../../../shared/crypto.ts'
import type { SignedRecord } from '../../../shared/record.ts'
import type { InvalidVector, ValidVector, VectorRecord } from '../../vectors/vectors.ts'

const folder = fileURLToPath(new URL('../../vectors/', import.meta.url))

/** Path and content of each file in `valid/` and `invalid/`. */
export const vectorFiles = (): Map<string, string> =>
  new Map(
    ['valid', 'invalid'].flatMap((kind) =>
      readdirSync(folder + kind).map(
        (name) => [`${kind}/${name}`, readFileSync(`${folder}${kind}/${name}`, 'utf8')] as const,
      ),
    ),
  )

const parsed = <T>(kind: string): T[] =>
  [...vectorFiles()]
    .filter(([path]) => path.startsWith(`${kind}/`))
    .map(([, text]) => JSON.parse(text) as T)

export const validVectors = (): ValidVector[] => parsed('valid')
export const invalidVectors = (): InvalidVector[] => parsed('invalid')

export const recordsOf = (vector: { records: readonly VectorRecord[] }): SignedRecord[] =>
  vector.records.map(({ head, sig, box }) => ({
    head: utf8(head),
    sig: fromHex(sig),
    box: fromHex(box),
  }))
