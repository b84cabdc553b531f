/** This page's vault, opened once, when it is first needed. */
import { openVault, type Vault } from './vault.ts'

let opened: Promise<Vault> | null = null

export const vault = (): Promise<Vault> => (opened ??= openVault())
