/** This page's vault, opened once, when it is first needed. */
import { fallingBack } from './vault-fallback.ts'
import { openVault, type Vault } from './vault.ts'

let opened: Promise<Vault> | null = null

export const vault = (): Promise<Vault> => (opened ??= openVault().then(fallingBack))
