/** Whose words are still moving: a boundary changed from elsewhere in the last 3 s. */
const QUIET_MS = 3000

export class Writing {
  readonly #until = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #changed: (boundary: string) => void

  constructor(changed: (boundary: string) => void) {
    this.#changed = changed
  }

  isWriting(boundary: string): boolean {
    return this.#until.has(boundary)
  }

  note(boundary: string): void {
    clearTimeout(this.#until.get(boundary))
    const quiet = () => {
      this.#until.delete(boundary)
      this.#changed(boundary)
    }
    this.#until.set(boundary, setTimeout(quiet, QUIET_MS))
  }

  close(): void {
    for (const timer of this.#until.values()) clearTimeout(timer)
    this.#until.clear()
  }
}
